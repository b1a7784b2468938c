import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { KeyHint } from '../design/key-hint.tsx';
import { More } from '../design/more.tsx';
import { useText } from '../i18n/use-text.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import styles from './actions.module.css';
import { recordWords } from './messages.ts';

/** What every dialog of an action is given. */
export interface ActionDialogProps {
  readonly record: RecordView;
  readonly onClose: () => void;
}

// Each dialog belongs to its feature and is loaded when it is first needed.
const dialogs = {
  decide: lazy(() => import('#src/features/decisions/web/decide-dialog.tsx')),
  'report-outcome': lazy(() => import('#src/features/decisions/web/outcome-dialog.tsx')),
  assent: lazy(() => import('#src/features/partners/web/assent-dialog.tsx')),
  'end-agreement': lazy(() => import('#src/features/partners/web/end-agreement-dialog.tsx')),
  release: lazy(() => import('#src/features/compose/web/release-dialog.tsx')),
  'ask-permission': lazy(() => import('#src/features/permissions/web/ask-permission-dialog.tsx')),
  use: lazy(() => import('#src/features/permissions/web/record-use-dialog.tsx')),
  'assign-desk': lazy(() => import('#src/features/records/web/assign-desk-dialog.tsx')),
  correct: lazy(() => import('#src/features/corrections/web/correct-dialog.tsx')),
  withdraw: lazy(() => import('#src/features/corrections/web/withdraw-dialog.tsx')),
  erase: lazy(() => import('#src/features/corrections/web/erase-dialog.tsx')),
} as const;
type DialogAction = keyof typeof dialogs;
/** `cite` leads to the writing desk. */
type Action = DialogAction | 'cite';
const isDialogAction = (name: string): name is DialogAction => Object.hasOwn(dialogs, name);
const actions: readonly Action[] = [...Object.keys(dialogs).filter(isDialogAction), 'cite'];

const keyOfAction: { readonly [A in Action]?: string } = {
  decide: 'e',
  'report-outcome': 'r',
  release: 'f',
  cite: 'w',
  'ask-permission': 'p',
};
/** Seldom done: behind “more”, so that what is expected stays in sight. */
const seldom: ReadonlySet<Action> = new Set(['use', 'assign-desk', 'correct', 'withdraw', 'erase']);
/** Offered where its reason stands. */
const elsewhere: ReadonlySet<Action> = new Set(['ask-permission']);

/** The actions that the server allows on this record now, with their keys; the most expected one stands out. */
export function RecordActions({ record, begin }: { record: RecordView; begin?: string | undefined }) {
  const text = useText(recordWords);
  const allowed = actions.filter((action) => record.allowed.includes(action) && !elsewhere.has(action));
  const [open, setOpen] = useState<DialogAction | null>(
    begin && isDialogAction(begin) && allowed.includes(begin) ? begin : null,
  );
  const navigate = useNavigate();
  const act = (action: Action) =>
    action === 'cite' ? void navigate({ to: '/compose', search: { cite: record.record } }) : setOpen(action);
  useActionKeys(allowed, act);
  if (allowed.length === 0) return null;
  const inSight = allowed.filter((action) => !seldom.has(action));
  const behind = allowed.filter((action) => seldom.has(action));
  return (
    <div className={styles.actions}>
      {inSight.map((action, place) => (
        <ActionButton
          key={action}
          action={action}
          isExpected={place === 0 && (action === 'decide' || action === 'report-outcome')}
          onClick={() => act(action)}
        />
      ))}
      <More
        label={text('actions.more')}
        items={behind.map((action) => ({
          key: action,
          label: text(`actions.${action}`),
          act: () => act(action),
        }))}
      />
      <OpenDialog action={open} record={record} onClose={() => setOpen(null)} />
    </div>
  );
}

/** One action where its reason stands, such as asking the origin beside what needs its permission. */
export function RecordAction({ record, action, label }: { record: RecordView; action: DialogAction; label?: string }) {
  const [isOpen, setOpen] = useState(false);
  const allowed = record.allowed.includes(action);
  useActionKeys(allowed ? [action] : [], () => setOpen(true));
  if (!allowed) return null;
  return (
    <div className={styles.actions}>
      <ActionButton action={action} label={label} onClick={() => setOpen(true)} />
      <OpenDialog action={isOpen ? action : null} record={record} onClose={() => setOpen(false)} />
    </div>
  );
}

function useActionKeys(allowed: readonly Action[], open: (action: Action) => void): void {
  useKeys(
    Object.fromEntries(
      allowed.flatMap((action): [string, () => void][] => {
        const key = keyOfAction[action];
        return key ? [[key, () => open(action)]] : [];
      }),
    ),
  );
}

function ActionButton({
  action,
  label,
  isExpected = false,
  onClick,
}: {
  action: Action;
  label?: string | undefined;
  isExpected?: boolean;
  onClick: () => void;
}) {
  const text = useText(recordWords);
  const key = keyOfAction[action];
  return (
    <Button
      variant={isExpected ? 'filled' : 'default'}
      onClick={onClick}
      {...(key ? { 'aria-keyshortcuts': key } : {})}
    >
      {label ?? text(`actions.${action}`)}
      {key && <KeyHint>{key}</KeyHint>}
    </Button>
  );
}

function OpenDialog({ action, record, onClose }: ActionDialogProps & { action: DialogAction | null }) {
  if (action === null) return null;
  const ActionDialog = dialogs[action];
  return (
    <Suspense fallback={null}>
      <ActionDialog record={record} onClose={onClose} />
    </Suspense>
  );
}

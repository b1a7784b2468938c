import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { KeyHint } from '../design/key-hint.tsx';
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
  'assign-desk': lazy(() => import('#src/features/records/web/assign-desk-dialog.tsx')),
} as const;
type Action = keyof typeof dialogs;
const actions = Object.keys(dialogs) as Action[];

const keyOfAction: { readonly [A in Action]?: string } = { decide: 'e', 'report-outcome': 'r' };

/** The actions that the server allows on this record now, with their keys; the most expected one stands out. */
export function RecordActions({ record, begin }: { record: RecordView; begin?: Action | undefined }) {
  const text = useText(recordWords);
  const allowed = actions.filter((action) => record.allowed.includes(action));
  const [open, setOpen] = useState<Action | null>(begin && allowed.includes(begin) ? begin : null);
  useKeys(
    Object.fromEntries(
      allowed.flatMap((action): [string, () => void][] => {
        const key = keyOfAction[action];
        return key ? [[key, () => setOpen(action)]] : [];
      }),
    ),
  );
  if (allowed.length === 0) return null;
  const OpenDialog = open ? dialogs[open] : null;
  return (
    <div className={styles.actions}>
      {allowed.map((action, place) => (
        <Button
          key={action}
          variant={place === 0 && keyOfAction[action] ? 'filled' : 'default'}
          onClick={() => setOpen(action)}
          {...(keyOfAction[action] ? { 'aria-keyshortcuts': keyOfAction[action] } : {})}
        >
          {text(`actions.${action}`)}
          {keyOfAction[action] && <KeyHint>{keyOfAction[action]}</KeyHint>}
        </Button>
      ))}
      {OpenDialog && (
        <Suspense fallback={null}>
          <OpenDialog record={record} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

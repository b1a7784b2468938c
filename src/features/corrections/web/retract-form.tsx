import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { WholeWhy } from './why.ts';
import { Told, useWhy, WhyFields } from './why-fields.tsx';

/** The dialog by which a record is taken back: why, who is told, and the signature. */
export function RetractForm({
  record,
  title,
  submitLabel,
  children,
  isReady = true,
  onCheck,
  onSubmit,
  pending,
  error,
  onClose,
}: {
  record: string;
  title: string;
  submitLabel: string;
  children: ReactNode;
  /** What is asked beside the reason is answered. */
  isReady?: boolean;
  onCheck?: () => void;
  onSubmit: (why: WholeWhy) => void;
  pending: boolean;
  error: unknown;
  onClose: () => void;
}) {
  const shared = useText(words);
  const { why, change, whole } = useWhy();
  const [checked, setChecked] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    onCheck?.();
    if (whole && isReady) onSubmit(whole);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        {children}
        <WhyFields why={why} change={change} checked={checked} />
        <Told record={record} />
        {error !== null && error !== undefined && <ProblemNotice thrown={error} />}
        <DialogActions>
          <Button type="submit" loading={pending}>
            {submitLabel}
            <KeyHint>Ctrl Enter</KeyHint>
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

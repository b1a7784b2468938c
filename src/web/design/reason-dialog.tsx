import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { Dialog, DialogActions, dialogForm } from './dialog.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A grave act: what it does, why it is done, and one button that says what it is. */
export function ReasonDialog({
  title,
  children,
  reasonLabel,
  submitLabel,
  act,
  onClose,
  isDangerous = false,
}: {
  title: string;
  children: ReactNode;
  reasonLabel: string;
  submitLabel: string;
  /** The act as `useWrite` gives it, with the reason as its input. */
  act: { readonly isPending: boolean; readonly error: unknown; mutate(reason: string): void };
  onClose: () => void;
  isDangerous?: boolean;
}) {
  const shared = useText(words);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (reason.trim() && !act.isPending) act.mutate(reason.trim());
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        {children}
        <Textarea
          label={reasonLabel}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={300}
          dir="auto"
          error={checked && !reason.trim() ? shared('required') : undefined}
        />
        {act.error !== null && act.error !== undefined && <ProblemNotice thrown={act.error} />}
        <DialogActions>
          <Button type="submit" loading={act.isPending} {...(isDangerous ? { color: 'red' } : {})}>
            {submitLabel}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

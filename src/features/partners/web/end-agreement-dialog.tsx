import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { partnersMessages } from './messages.ts';

export default function EndAgreementDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const { say } = useToasts();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const end = useWrite(
    (given: string, options) =>
      client.endAgreement({ params: { id: record.record }, body: { reason: given } }, options),
    () => {
      say(text('end.done'));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (reason.trim()) end.mutate(reason.trim());
  };
  return (
    <Dialog title={text('end.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit}>
        <p>{text('end.text')}</p>
        <Textarea
          label={text('end.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={2_000}
          dir="auto"
          error={checked && !reason.trim() ? shared('required') : undefined}
        />
        {end.error && <ProblemNotice thrown={end.error} />}
        <DialogActions>
          <Button type="submit" loading={end.isPending}>
            {text('end.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

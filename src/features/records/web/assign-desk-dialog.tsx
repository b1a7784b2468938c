import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { desks } from '#src/web/desks.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { recordsMessages } from './messages.ts';

export default function AssignDeskDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(recordsMessages);
  const shared = useText(words);
  const { say } = useToasts();
  const free = desks.filter((desk) => !record.desks.includes(desk));
  const [desk, setDesk] = useState<string>(free[0] ?? '');
  const [reason, setReason] = useState('');
  const assign = useWrite(
    (body: { desk: string; reason: string }, options) =>
      client.assignDesk({ params: { id: record.record }, body }, options),
    () => {
      say(text('assignDesk.done', { desk: shared.of('desk', desk) }));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    assign.mutate({ desk, reason: reason.trim() });
  };
  return (
    <Dialog title={text('assignDesk.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit}>
        <NativeSelect
          label={text('assignDesk.desk')}
          value={desk}
          onChange={(event) => setDesk(event.target.value)}
          data={free.map((one) => ({ value: one, label: shared(`desk.${one}`) }))}
        />
        <TextInput
          label={text('assignDesk.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={300}
          dir="auto"
          required
        />
        {assign.error && <ProblemNotice thrown={assign.error} />}
        <DialogActions>
          <Button type="submit" loading={assign.isPending} disabled={!desk}>
            {text('assignDesk.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

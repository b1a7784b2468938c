import { Button, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { CitationFlag } from '../contract.ts';
import { correctionsMessages } from './messages.ts';

/** An officer says, with a reason, that a record stands although what it cites was corrected. */
export function ReviewCitationDialog({
  record,
  flag,
  onClose,
}: {
  record: string;
  flag: CitationFlag;
  onClose: () => void;
}) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const { say } = useToasts();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const review = useWrite(
    (body: { cited: string; reason: string }, options) =>
      client.reviewCitation({ params: { id: record }, body }, options),
    () => {
      say(text('flags.done'));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (reason.trim() !== '') review.mutate({ cited: flag.cited, reason: reason.trim() });
  };
  return (
    <Dialog title={text('flags.dialogTitle')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>{text('flags.note')}</p>
        <p>
          <Link to="/records/$id" params={{ id: flag.cited }}>
            {text('flags.cited')}
          </Link>
        </p>
        <Textarea
          label={text('flags.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={2_000}
          dir="auto"
          error={checked && reason.trim() === '' ? text('flags.reasonNeeded') : undefined}
        />
        {review.error && <ProblemNotice thrown={review.error} />}
        <DialogActions>
          <Button type="submit" loading={review.isPending}>
            {text('flags.submit')}
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

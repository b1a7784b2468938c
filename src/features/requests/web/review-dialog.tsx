import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReleasePreview } from '#src/features/compose/contract.ts';
import { client } from '#src/web/api/client.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { LevelWord } from '#src/web/design/marking.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { fullInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { RequestInput } from '../contract.ts';
import { requestsMessages } from './messages.ts';
import { Gets } from './recipients.tsx';
import styles from './request-form-page.module.css';

/** The last look before a signature: what is asked, until when, and who gets it. */
export function ReviewDialog({
  input,
  idempotencyKey,
  previews,
  onClose,
  onSent,
}: {
  input: RequestInput;
  idempotencyKey: string;
  previews: readonly ReleasePreview[];
  onClose: () => void;
  onSent: (record: string) => void;
}) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () => client.createRequest({ body: input }, { idempotencyKey }),
    onSuccess: ({ record }) => {
      for (const topic of ['inbox', 'records', 'partners']) void queries.invalidateQueries({ queryKey: [topic] });
      onSent(record);
    },
  });
  const shown = previews.filter(({ recipient }) => input.recipients.includes(recipient.id));
  return (
    <Dialog title={text('review.title')} onClose={onClose}>
      <form
        className={dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!send.isPending && !send.isSuccess) send.mutate();
        }}
      >
        <div className={styles.review}>
          <Prose language={input.language}>{input.title}</Prose>
          <p>
            <LevelWord level={input.marking.level} /> · {shared(`urgency.${input.urgency}`)} ·{' '}
            {text('section.dueAt', { when: fullInstant(input.respondBy, language) })}
          </p>
        </div>
        <ul className={styles.review}>
          {shown.map((preview) => (
            <li key={preview.recipient.id}>
              <h3>{nameOf(preview.recipient, language)}</h3>
              <Gets preview={preview} />
            </li>
          ))}
        </ul>
        <p className={styles.soft}>{text('review.text')}</p>
        {send.error && <ProblemNotice thrown={send.error} />}
        <DialogActions>
          <Button type="submit" loading={send.isPending}>
            {text('review.submit')}
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

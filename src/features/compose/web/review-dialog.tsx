import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { client } from '#src/web/api/client.ts';
import { draftsQuery } from '#src/web/api/queries.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { LevelWord } from '#src/web/design/marking.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { habits } from './habits.ts';
import { composeMessages } from './messages.ts';
import { Gets } from './recipients.tsx';
import { reportInputOf } from './report-input.ts';
import styles from './review-dialog.module.css';
import type { DraftDesk } from './use-draft.ts';
import type { Previews } from './use-previews.ts';

/** The last look before a signature: who gets what. */
export function ReviewDialog({
  id,
  desk,
  previews,
  onClose,
  onSent,
}: {
  id: string;
  desk: DraftDesk;
  previews: Previews;
  onClose: () => void;
  onSent: (record: string) => void;
}) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const language = useLanguage();
  const queries = useQueryClient();
  const sent = useRef(false);
  const { draft } = desk;
  const send = useMutation({
    mutationFn: async () => {
      const body = reportInputOf(draft);
      if (!body) throw new Error('the review opens only on a complete draft');
      // The draft and its key are on the node first: after a crash in between, the same sending is recognised.
      await desk.keepNow();
      return client.createReport({ body }, { idempotencyKey: draft.sendKey });
    },
    onSuccess: ({ record }) => {
      sent.current = true;
      habits.write(draft);
      desk.close();
      for (const topic of ['inbox', 'records', 'partners']) void queries.invalidateQueries({ queryKey: [topic] });
      onSent(record);
      client
        .deleteDraft({ params: { id } })
        .then(() => queries.invalidateQueries({ queryKey: draftsQuery.queryKey }))
        // The report is sent; a draft that stays behind is seen under Drafts and can be removed there.
        .catch(() => queries.invalidateQueries({ queryKey: draftsQuery.queryKey }));
    },
  });
  const shown = [...previews.byRecipient.values()];
  const nobody = shown.length > 0 && shown.every(({ refusal }) => refusal !== null);
  return (
    <Dialog title={text('send.title')} onClose={onClose}>
      <form
        className={dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!send.isPending && !sent.current && !nobody) send.mutate();
        }}
      >
        <div>
          <Prose language={draft.language} className={styles.title}>
            {draft.title}
          </Prose>
          <p>
            <LevelWord level={Math.max(draft.level, ...draft.portions.map(({ raised }) => raised?.level ?? 0))} /> ·{' '}
            {shared('portions', { count: draft.portions.length })}
          </p>
        </div>
        <ul className={styles.recipients}>
          {shown.map((preview) => (
            <li key={preview.recipient.id}>
              <h3>{nameOf(preview.recipient, language)}</h3>
              <Gets preview={preview} />
            </li>
          ))}
        </ul>
        <p className={styles.soft}>{text('send.text')}</p>
        {nobody && <p className={styles.nobody}>{text('send.nobody')}</p>}
        {send.error && <ProblemNotice thrown={send.error} />}
        <DialogActions>
          <Button type="submit" loading={send.isPending} disabled={nobody}>
            {text('send.submit')}
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

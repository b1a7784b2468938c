import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { recordLimits } from '#src/protocol/record/record.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { directionOf } from '#src/web/i18n/languages.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { requestsMessages } from './messages.ts';
import { requestQuery } from './queries.ts';

/** The next revision of an own request: what it asked stays, and the clarification stands after it. */
export default function ClarifyDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const { data: request } = useQuery(requestQuery(record.record));
  const [clarification, setClarification] = useState('');
  const [checked, setChecked] = useState(false);
  const clarify = useWrite(
    (given: string, options) =>
      client.clarifyRequest({ params: { id: record.record }, body: { text: given } }, options),
    () => {
      say(text('clarify.done'));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (clarification.trim()) clarify.mutate(clarification);
  };
  const wanted = (request?.lines ?? []).flatMap(({ service, answers }) =>
    answers
      .filter(({ answer }) => answer === 'clarification-needed')
      .slice(-1)
      .map((answer) => ({ service, record: answer.record })),
  );
  return (
    <Dialog title={text('clarify.title')} onClose={onClose}>
      <form onSubmit={submit} className={dialogForm} noValidate>
        <p>{text('clarify.text')}</p>
        {wanted.length > 0 && (
          <ul aria-label={text('clarify.wanted')}>
            {wanted.map(({ service, record: question }) => (
              <li key={question}>
                <Link to="/records/$id" params={{ id: question }} target="_blank">
                  {text('clarify.read', { service: nameOf(service, language) })}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <Textarea
          label={text('clarify.clarification')}
          value={clarification}
          onChange={(event) => setClarification(event.target.value)}
          rows={5}
          maxLength={recordLimits.portionCharactersMax}
          lang={record.language}
          dir={clarification === '' ? undefined : directionOf(record.language)}
          error={checked && !clarification.trim() ? shared('required') : undefined}
        />
        {clarify.error && <ProblemNotice thrown={clarify.error} />}
        <DialogActions>
          <Button type="submit" loading={clarify.isPending}>
            {text('clarify.submit')}
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

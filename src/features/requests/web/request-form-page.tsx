import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { meQuery } from '#src/web/api/queries.ts';
import { Dialog, DialogActions } from '#src/web/design/dialog.tsx';
import { Empty } from '#src/web/design/empty.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { useNow } from '#src/web/now.tsx';
import type { RequestInput } from '../contract.ts';
import { requestsMessages } from './messages.ts';
import { Recipients, usePreviews } from './recipients.tsx';
import {
  isUntouched,
  missingOf,
  newRequest,
  type RequestDraft,
  type RequestField,
  requestInputOf,
} from './request-draft.ts';
import { GroundsFields, MarkingSection, QuestionFields, UrgencyFields } from './request-fields.tsx';
import styles from './request-form-page.module.css';
import { ReviewDialog } from './review-dialog.tsx';

export function RequestFormPage() {
  const { data: me } = useQuery(meQuery);
  const text = useText(requestsMessages);
  if (me && !me.allowed.includes('request')) return <Empty title={text('empty.ours.open')} />;
  return <RequestDesk />;
}

/** What one sending signs: fixed when it is first reviewed, so that a repetition is the same request (EXC-2). */
interface Sending {
  readonly draft: RequestDraft;
  readonly input: RequestInput;
  readonly key: string;
}

function RequestDesk() {
  const text = useText(requestsMessages);
  const language = useLanguage();
  const navigate = useNavigate();
  const now = useNow();
  const { say } = useToasts();
  const [draft, setDraft] = useState<RequestDraft>(() => newRequest(language));
  const [checked, setChecked] = useState(false);
  const [reviewing, setReviewing] = useState<Sending | null>(null);
  const latest = useRef<Sending | null>(null);
  const left = useRef(false);
  const previews = usePreviews(draft);
  const change = (wanted: Partial<RequestDraft>) => setDraft((before) => ({ ...before, ...wanted }));
  const missing = missingOf(draft, now);
  const errorOf = (field: RequestField) =>
    checked && missing.includes(field) ? text(`form.missing.${field}`) : undefined;

  const blocker = useBlocker({
    shouldBlockFn: () => !left.current && !isUntouched(draft),
    enableBeforeUnload: () => !left.current && !isUntouched(draft),
    withResolver: true,
  });
  const leaveTo = (record: string | null) => {
    left.current = true;
    if (record) void navigate({ to: '/records/$id', params: { id: record } });
    else void navigate({ to: '/requests', search: { direction: 'ours', state: 'open' } });
  };
  const review = () => {
    setChecked(true);
    const [first] = missing;
    const input = requestInputOf(draft, now);
    if (first) showField(first);
    else if (input) {
      if (latest.current?.draft !== draft) latest.current = { draft, input, key: uuidv7() };
      setReviewing(latest.current);
    }
  };
  useKeys({ 'Ctrl+Enter': review });
  return (
    <>
      <form
        className={styles.desk}
        aria-label={text('form.desk')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        <header className={styles.head}>
          <h1>{text('form.title')}</h1>
        </header>
        <div className={styles.sheet}>
          {checked && missing.length > 0 && <Problems missing={missing} />}
          <QuestionFields draft={draft} change={change} errorOf={errorOf} />
          <UrgencyFields draft={draft} change={change} errorOf={errorOf} />
          <GroundsFields draft={draft} change={change} errorOf={errorOf} />
          <MarkingSection draft={draft} change={change} />
        </div>
        <aside className={styles.beside}>
          <Recipients
            chosen={draft.recipients}
            onChange={(recipients) => change({ recipients })}
            previews={previews}
            missing={errorOf('recipients')}
          />
          <div className={styles.send}>
            <Button type="submit" size="md" aria-keyshortcuts="Control+Enter">
              {text('form.submit')}
              <KeyHint>Ctrl Enter</KeyHint>
            </Button>
            <button type="button" className={styles.discard} onClick={() => leaveTo(null)}>
              {text('form.discard')}
            </button>
          </div>
        </aside>
      </form>
      {reviewing && (
        <ReviewDialog
          input={reviewing.input}
          idempotencyKey={reviewing.key}
          previews={[...previews.byRecipient.values()]}
          onClose={() => setReviewing(null)}
          onSent={(record) => {
            say(text('review.done'));
            leaveTo(record);
          }}
        />
      )}
      {blocker.status === 'blocked' && <LeaveDialog onStay={blocker.reset} onLeave={blocker.proceed} />}
    </>
  );
}

function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  return (
    <Dialog title={text('form.title')} onClose={onStay}>
      <p>{text('form.leave')}</p>
      <DialogActions>
        <Button variant="default" onClick={onStay}>
          {shared('cancel')}
        </Button>
        <Button color="red" onClick={onLeave}>
          {text('form.discard')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function showField(field: RequestField): void {
  const control = document.getElementById(`request-${field}`);
  control?.scrollIntoView({ block: 'center' });
  const inner = control?.matches('input, textarea') ? control : control?.querySelector('input');
  if (inner instanceof HTMLElement) inner.focus();
}

/** Everything that is still missing, each a step to its field. */
function Problems({ missing }: { missing: readonly RequestField[] }) {
  const text = useText(requestsMessages);
  return (
    <div className={styles.problems} role="alert">
      <p>{text('form.problems')}</p>
      <ul>
        {missing.map((field) => (
          <li key={field}>
            <button type="button" onClick={() => showField(field)}>
              {text(`form.missing.${field}`)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { portionsOfText } from '#src/formats/text/index.ts';
import { client } from '#src/web/api/client.ts';
import { draftsQuery } from '#src/web/api/queries.ts';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { CitesFields } from './cites-fields.tsx';
import styles from './compose-desk.module.css';
import { type Draft, type DraftPortion, newPortion } from './draft.ts';
import { DraftState } from './draft-state.tsx';
import { GradingFields, GroundsFields, MarkingFields, OpeningFields } from './frame-fields.tsx';
import { composeMessages } from './messages.ts';
import { type PortionActions, PortionEditor } from './portion-editor.tsx';
import { Problems, showProblem } from './problems.tsx';
import { Recipients } from './recipients.tsx';
import { problemsOf } from './report-input.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { TearLine } from './tear-line.tsx';
import { useDraft } from './use-draft.ts';
import { useInheritance } from './use-inheritance.ts';
import { usePreviews } from './use-previews.ts';

/** The writing desk: the report as it will read, and beside it what each recipient would get. */
export function ComposeDesk({
  id,
  initial,
}: {
  id: string;
  initial: { readonly draft: Draft; readonly version: number; readonly isKept: boolean };
}) {
  const text = useText(composeMessages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { say, complain } = useToasts();
  const desk = useDraft(id, initial);
  const { draft, change } = desk;
  const previews = usePreviews(draft);
  const inheritance = useInheritance(draft, change);
  const [checked, setChecked] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const problems = problemsOf(draft);
  const portionActions = usePortionActions(draft, change);

  const review = () => {
    setChecked(true);
    const [first] = problems;
    if (first) showProblem(first.field, draft);
    else setReviewing(true);
  };
  useKeys({ 'Ctrl+Enter': review });

  const discard = async () => {
    desk.close();
    try {
      await client.deleteDraft({ params: { id } });
    } catch (thrown) {
      complain(thrown);
      return;
    }
    void queries.invalidateQueries({ queryKey: draftsQuery.queryKey });
    say(text('discarded'));
    void navigate({ to: '/inbox', search: { view: 'waiting' } });
  };
  const frame = useMemo(
    () => ({
      language: draft.language,
      level: draft.level,
      compartments: draft.compartments,
      recipients: draft.recipients,
    }),
    [draft.language, draft.level, draft.compartments, draft.recipients],
  );
  return (
    <>
      <form
        className={styles.desk}
        aria-label={text('desk')}
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        <header className={styles.head}>
          <h1>{text('title')}</h1>
          <DraftState desk={desk} />
        </header>
        <div className={styles.sheet}>
          {checked && problems.length > 0 && <Problems problems={problems} draft={draft} />}
          <OpeningFields draft={draft} change={change} problems={checked ? problems : []} />
          <section aria-label={text('field.portions')} className={styles.portions}>
            {draft.portions.map((portion, place) => (
              <div key={portion.key}>
                <PortionEditor
                  portion={portion}
                  number={place + 1}
                  count={draft.portions.length}
                  language={draft.language}
                  frame={frame}
                  actions={portionActions}
                />
                <TearLine index={previews.keys.indexOf(portion.key)} previews={[...previews.byRecipient.values()]} />
              </div>
            ))}
            <button
              type="button"
              className={styles.add}
              onClick={() => portionActions.addAfter(draft.portions.at(-1)?.key ?? '')}
            >
              {text('portion.add')}
              <KeyHint>Alt Enter</KeyHint>
            </button>
          </section>
          <CitesFields draft={draft} change={change} inheritance={inheritance} />
          <GradingFields draft={draft} change={change} problems={checked ? problems : []} />
          <MarkingFields draft={draft} change={change} floor={inheritance.floor} />
          <GroundsFields draft={draft} change={change} problems={checked ? problems : []} />
        </div>
        <aside className={styles.beside}>
          <Recipients
            draft={draft}
            change={change}
            previews={previews}
            missing={checked && draft.recipients.length === 0}
          />
          <div className={styles.send}>
            <Button type="submit" size="md" aria-keyshortcuts="Control+Enter">
              {text('send.button')}
              <KeyHint>Ctrl Enter</KeyHint>
            </Button>
            <button type="button" className={styles.discard} onClick={() => void discard()}>
              {text('discard')}
            </button>
          </div>
        </aside>
      </form>
      {reviewing && (
        <ReviewDialog
          id={id}
          desk={desk}
          previews={previews}
          onClose={() => setReviewing(false)}
          onSent={(record) => {
            say(text('send.sent'));
            void navigate({ to: '/records/$id', params: { id: record } });
          }}
        />
      )}
    </>
  );
}

/** Moves the focus to a portion once it is on the page. */
const focusPortion = (key: string | undefined) =>
  requestAnimationFrame(() => document.getElementById(`portion-${key}`)?.focus());

function usePortionActions(draft: Draft, change: ReturnType<typeof useDraft>['change']): PortionActions {
  const text = useText(composeMessages);
  const { say } = useToasts();
  const portions = useRef(draft.portions);
  portions.current = draft.portions;
  const replace = useCallback(
    (key: string, by: (portion: DraftPortion) => readonly DraftPortion[]) =>
      change((now) => ({
        portions: now.portions.flatMap((portion) => (portion.key === key ? by(portion) : [portion])),
      })),
    [change],
  );
  return useMemo<PortionActions>(
    () => ({
      change: (key, wanted) => replace(key, (portion) => [{ ...portion, ...wanted }]),
      addAfter: (key) => {
        const added = newPortion();
        replace(key, (portion) => [portion, added]);
        focusPortion(added.key);
      },
      move: (key, by) =>
        change((now) => {
          const from = now.portions.findIndex((portion) => portion.key === key);
          const moved = now.portions[from];
          if (!moved || !now.portions[from + by]) return {};
          return { portions: now.portions.toSpliced(from, 1).toSpliced(from + by, 0, moved) };
        }),
      remove: (key) => {
        const before = portions.current;
        const at = before.findIndex((portion) => portion.key === key);
        replace(key, () => []);
        focusPortion((before[at + 1] ?? before[at - 1])?.key);
        say(text('portion.removed'), { label: text('portion.undo'), act: () => change({ portions: before }) });
      },
      split: (key, whole) => {
        const divided = portionsOfText(whole);
        const before = portions.current;
        const parts = divided.portions.map((part) => newPortion(part));
        replace(key, (portion) => parts.map((part) => ({ ...part, nature: portion.nature, raised: portion.raised })));
        change((now) => (now.title === '' ? { title: divided.title } : {}));
        focusPortion(parts.at(-1)?.key);
        say(text('wasSplit', { count: parts.length }), {
          label: text('portion.undo'),
          act: () => change({ portions: before.map((one) => (one.key === key ? { ...one, text: whole } : one)) }),
        });
      },
    }),
    [replace, change, say, text],
  );
}

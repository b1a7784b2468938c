import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { informationCredibilities, recordLimits, sourceReliabilities } from '#src/protocol/record/record.ts';
import { client } from '#src/web/api/client.ts';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { directionOf } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import type { RevisionInput } from '../contract.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';
import { RevisedPortionFields } from './revised-portion.tsx';
import { isRevised, type RevisedPortion, revisionDraft, revisionInput } from './revision-draft.ts';
import { Told, useWhy, WhyFields } from './why-fields.tsx';

/** COR-1: the present text, to be corrected; why; and everyone who will be told. */
export default function CorrectDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const { say } = useToasts();
  // The revision that was opened is the one that is corrected, whatever arrives meanwhile.
  const [initial] = useState(record);
  const [draft, setDraft] = useState(() => revisionDraft(initial));
  const { why, change, whole } = useWhy();
  const [checked, setChecked] = useState(false);
  const revise = useWrite(
    (body: RevisionInput, options) => client.revise({ params: { id: initial.record }, body }, options),
    () => {
      say(text('correct.done'));
      onClose();
    },
  );
  const revised = isRevised(draft, initial);
  // A portion that this officer may not see would be lost with the new revision.
  const hidesSome = initial.portions.some(({ index }, place) => index !== place);
  const remaining = draft.portions.filter(({ dropped, text: words }) => !dropped && words.trim() !== '').length;
  const setPortion = (key: string, part: Partial<RevisedPortion>) =>
    setDraft((now) => ({
      ...now,
      portions: now.portions.map((one) => (one.key === key ? { ...one, ...part } : one)),
    }));
  const add = () => {
    const key = uuidv7();
    setDraft((now) => ({
      ...now,
      portions: [...now.portions, { key, text: '', nature: 'fact', marking: null, was: null, dropped: false }],
    }));
    requestAnimationFrame(() => document.getElementById(`revised-${key}`)?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const input = whole && revisionInput(draft, whole, initial.grading !== null);
    if (input && revised && !hidesSome) revise.mutate(input);
  };
  return (
    <Dialog title={text('correct.title')} onClose={onClose} wide>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>{text('correct.note')}</p>
        {hidesSome && <p className={styles.error}>{text('correct.hidden')}</p>}
        <TextInput
          label={text('correct.name')}
          value={draft.title}
          onChange={({ target }) => setDraft((now) => ({ ...now, title: target.value }))}
          maxLength={recordLimits.titleCharactersMax}
          lang={initial.language}
          dir={directionOf(initial.language)}
          error={checked && draft.title.trim() === '' ? text('correct.nameNeeded') : undefined}
        />
        <ol className={styles.revised}>
          {draft.portions.map((portion) => (
            <RevisedPortionFields
              key={portion.key}
              portion={portion}
              language={initial.language}
              onChange={(part) => setPortion(portion.key, part)}
            />
          ))}
        </ol>
        {checked && remaining === 0 && <p className={styles.error}>{text('correct.portionsNeeded')}</p>}
        <button type="button" className={styles.more} onClick={add}>
          {text('correct.add')}
        </button>
        {initial.grading && (
          <div className={styles.pair}>
            <NativeSelect
              label={text('correct.source')}
              value={draft.source}
              onChange={({ target }) => setDraft((now) => ({ ...now, source: target.value }))}
              data={sourceReliabilities.map((value) => ({
                value,
                label: `${value} · ${shared(`source.${value}`)}`,
              }))}
            />
            <NativeSelect
              label={text('correct.information')}
              value={draft.information}
              onChange={({ target }) => setDraft((now) => ({ ...now, information: target.value }))}
              data={informationCredibilities.map((value) => ({
                value,
                label: `${value} · ${shared(`information.${value}`)}`,
              }))}
            />
          </div>
        )}
        <WhyFields why={why} change={change} checked={checked} />
        <Told record={initial.record} />
        {checked && !revised && <p className={styles.error}>{text('correct.unchanged')}</p>}
        {revise.error && <ProblemNotice thrown={revise.error} />}
        <DialogActions>
          <Button type="submit" loading={revise.isPending} disabled={hidesSome}>
            {text('correct.submit')}
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

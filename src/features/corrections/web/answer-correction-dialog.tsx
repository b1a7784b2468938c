import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { correctionRefusalGrounds, reliedOnStages } from '#src/kinds/correction/words.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { CorrectionAnswerInput, CorrectionView } from '../contract.ts';
import { answerDraft, answerInput, answersTo } from './answer-draft.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';

/** COR-2: what this service did about a correction; what relied on the record is already filled in. */
export function AnswerCorrectionDialog({ view, onClose }: { view: CorrectionView; onClose: () => void }) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const service = nameOf(view.origin, language);
  const [draft, setDraft] = useState(() => answerDraft(view));
  const change = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  const [checked, setChecked] = useState(false);
  const answer = useWrite(
    (body: CorrectionAnswerInput, options) =>
      client.answerCorrection({ params: { id: view.correction }, body }, options),
    () => {
      say(text('answer.done', { service }));
      onClose();
    },
  );
  const caption = (field: string, value: string) =>
    fieldCaption('correction-answer', `${field}/${value}`, language) ?? value;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const input = answerInput(draft);
    if (input) answer.mutate(input);
  };
  return (
    <Dialog title={text('answer.title', { service })} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        {view.reliedOn.length > 0 && (
          <div className={styles.uses}>
            <p>{text('answer.uses')}</p>
            <ul>
              {view.reliedOn.map(({ reference, stage }) => (
                <li key={`${reference} ${stage}`}>
                  <bdi>{reference}</bdi>
                  {stage && ` · ${caption('stage', stage)}`}
                </li>
              ))}
            </ul>
            {draft.answer !== 'relied-on' && <p>{text('answer.forgotten')}</p>}
          </div>
        )}
        <Fieldset legend={text('answer.question')}>
          {answersTo[view.change].map((one) => (
            <Radio
              key={one}
              name="answer"
              value={one}
              label={caption('answer', one)}
              description={text(`answer.means.${one}`)}
              checked={draft.answer === one}
              onChange={() => change({ answer: one })}
            />
          ))}
        </Fieldset>
        {draft.answer === 'relied-on' && (
          <>
            <TextInput
              label={text('answer.case')}
              value={draft.case}
              onChange={(event) => change({ case: event.target.value })}
              maxLength={200}
              dir={draft.case === '' ? undefined : 'auto'}
              error={checked && draft.case.trim() === '' ? text('answer.caseNeeded') : undefined}
            />
            <NativeSelect
              label={text('answer.stage')}
              value={draft.stage}
              onChange={({ target }) =>
                change({ stage: reliedOnStages.find((one) => one === target.value) ?? draft.stage })
              }
              data={reliedOnStages.map((value) => ({ value, label: caption('stage', value) }))}
            />
          </>
        )}
        {draft.answer === 'refused' && (
          <NativeSelect
            label={text('answer.ground')}
            value={draft.ground}
            onChange={({ target }) =>
              change({ ground: correctionRefusalGrounds.find((one) => one === target.value) ?? '' })
            }
            data={[
              { value: '', label: shared('choose') },
              ...correctionRefusalGrounds.map((value) => ({ value, label: caption('ground', value) })),
            ]}
            error={checked && draft.ground === '' ? text('answer.groundNeeded') : undefined}
          />
        )}
        <Textarea
          label={text('answer.explanation')}
          description={shared('optional')}
          value={draft.explanation}
          onChange={(event) => change({ explanation: event.target.value })}
          rows={2}
          maxLength={2_000}
          dir="auto"
        />
        <p className={styles.soft}>{text('answer.note', { service })}</p>
        {answer.error && <ProblemNotice thrown={answer.error} />}
        <DialogActions>
          <Button type="submit" loading={answer.isPending}>
            {text('answer.submit')}
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

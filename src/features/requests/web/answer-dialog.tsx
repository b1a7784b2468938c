import { Button, Checkbox, NativeSelect, Radio, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { answerRefusalGrounds, answerStates } from '#src/kinds/request/words.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { GradingFields } from '#src/web/marking/grading-fields.tsx';
import { newMarking } from '#src/web/marking/marking-draft.ts';
import { MarkingFields } from '#src/web/marking/marking-fields.tsx';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { AnswerInput } from '../contract.ts';
import { type AnswerDraft, answerInputOf, informs, needsText } from './answer-input.ts';
import { requestsMessages } from './messages.ts';

const levels = [0, 1, 2, 3, 4] as const;

export default function AnswerDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const service = nameOf(record.origin, language);
  const [draft, setDraft] = useState<AnswerDraft>({
    answer: 'full',
    ground: '',
    restAwaited: true,
    restBy: null,
    text: '',
    nature: 'fact',
    grading: { source: '', information: '' },
    marking: null,
  });
  const [checked, setChecked] = useState(false);
  const change = (wanted: Partial<AnswerDraft>) => setDraft((before) => ({ ...before, ...wanted }));
  const answer = useWrite(
    (body: AnswerInput, options) => client.answerRequest({ params: { id: record.record }, body }, options),
    () => {
      say(text('answer.done', { service }));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const input = answerInputOf(draft);
    if (input) answer.mutate(input);
  };
  const level = levels.find((one) => one === record.marking.level) ?? 2;
  return (
    <Dialog title={text('answer.title')} onClose={onClose} wide>
      <form onSubmit={submit} className={dialogForm} noValidate>
        <p>{text('answer.note', { service })}</p>
        <Fieldset legend={text('answer.question')}>
          {answerStates.map((one) => (
            <Radio
              key={one}
              name="answer"
              value={one}
              checked={draft.answer === one}
              onChange={() => change({ answer: one })}
              label={fieldCaption('answer', `answer/${one}`, language) ?? one}
              description={text(`answer.means.${one}`)}
            />
          ))}
        </Fieldset>
        {draft.answer === 'refused' && (
          <NativeSelect
            label={text('answer.ground')}
            value={draft.ground}
            onChange={({ target }) =>
              change({ ground: answerRefusalGrounds.find((one) => one === target.value) ?? '' })
            }
            data={[
              { value: '', label: shared('choose') },
              ...answerRefusalGrounds.map((value) => ({
                value,
                label: fieldCaption('answer', `ground/${value}`, language) ?? value,
              })),
            ]}
            error={checked && draft.ground === '' ? shared('required') : undefined}
          />
        )}
        <Textarea
          label={text(`answer.text.${draft.answer}`)}
          description={needsText(draft.answer) ? undefined : shared('optional')}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
          rows={informs(draft.answer) ? 6 : 3}
          maxLength={recordLimits.portionCharactersMax}
          dir="auto"
          error={checked && needsText(draft.answer) && draft.text.trim() === '' ? text('answer.textNeeded') : undefined}
        />
        {informs(draft.answer) && (
          <>
            <Segments
              label={text('answer.nature')}
              value={draft.nature}
              onChange={(nature) => change({ nature })}
              options={(['fact', 'assessment'] as const).map((value) => ({ value, label: shared(`nature.${value}`) }))}
            />
            <GradingFields grading={draft.grading} onChange={(grading) => change({ grading })} checked={checked} />
          </>
        )}
        {draft.answer === 'partial' && (
          <>
            <Checkbox
              label={text('answer.restAwaited')}
              checked={draft.restAwaited}
              onChange={(event) => change({ restAwaited: event.target.checked })}
            />
            {draft.restAwaited && (
              <DayField
                label={text('answer.restBy')}
                value={draft.restBy}
                onChange={(restBy) => change({ restBy })}
                error={checked && draft.restBy === null ? text('answer.dayWrong') : undefined}
              />
            )}
          </>
        )}
        <Checkbox
          label={text('answer.markOtherwise')}
          description={draft.marking ? undefined : text('answer.asRequest')}
          checked={draft.marking !== null}
          onChange={(event) =>
            change({ marking: event.target.checked ? newMarking(level, record.marking.compartments) : null })
          }
        />
        {draft.marking && <MarkingFields marking={draft.marking} onChange={(marking) => change({ marking })} />}
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

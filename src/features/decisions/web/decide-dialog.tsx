import { Button, NativeSelect, Radio, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { desks } from '#src/web/desks.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import { type DecisionInput, decisions } from '../contract.ts';
import { decisionsMessages } from './messages.ts';

export default function DecideDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(decisionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const service = nameOf(record.origin, language);
  const [decision, setDecision] = useState<DecisionInput['decision']>('act');
  const [reason, setReason] = useState('');
  const [assignTo, setAssignTo] = useState('');
  const [checked, setChecked] = useState(false);
  const needsReason = decision !== 'act' && reason.trim() === '';
  const decide = useWrite(
    (body: DecisionInput, options) => client.decide({ params: { id: record.record }, body }, options),
    () => {
      say(text('decide.done', { service }));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (needsReason) return;
    decide.mutate({
      decision,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(decision === 'act' && assignTo ? { assignTo } : {}),
    });
  };
  return (
    <Dialog title={text('decide.title')} onClose={onClose}>
      <form onSubmit={submit} className={dialogForm}>
        <p>{text('decide.note', { service })}</p>
        <Fieldset legend={text('decide.question')}>
          {decisions.map((one) => (
            <Radio
              key={one}
              name="decision"
              value={one}
              checked={decision === one}
              onChange={() => setDecision(one)}
              label={fieldCaption('disposition', `decision/${one}`, language) ?? one}
              description={text(`decide.means.${one}`)}
            />
          ))}
        </Fieldset>
        <Textarea
          label={text('decide.reason')}
          description={decision === 'act' ? shared('optional') : undefined}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={2_000}
          dir="auto"
          error={checked && needsReason ? text('decide.reasonNeeded') : undefined}
        />
        {decision === 'act' && (
          <NativeSelect
            label={text('decide.assignTo')}
            value={assignTo}
            onChange={(event) => setAssignTo(event.target.value)}
            data={[
              { value: '', label: text('decide.nobody') },
              ...desks.map((desk) => ({ value: desk, label: shared(`desk.${desk}`) })),
            ]}
          />
        )}
        {decide.error && <ProblemNotice thrown={decide.error} />}
        <DialogActions>
          <Button type="submit" loading={decide.isPending}>
            {text('decide.submit')}
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

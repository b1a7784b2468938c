import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { purposes } from '#src/protocol/record/record.ts';
import { client } from '#src/web/api/client.ts';
import { asProblem } from '#src/web/api/problem.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import { judicialStages, type UseInput } from '../contract.ts';
import AskPermissionDialog from './ask-permission-dialog.tsx';
import { permissionsMessages } from './messages.ts';

const kinds = ['judicial', 'publication', 'other-purpose'] as const;

/** Enters that the record is used; where its marking forbids that, the refusal leads to asking for permission. */
export default function RecordUseDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const [use, setUse] = useState<UseInput['use']>('judicial');
  const [reference, setReference] = useState('');
  const [stage, setStage] = useState<NonNullable<UseInput['stage']>>('inquiry');
  const [purpose, setPurpose] = useState<NonNullable<UseInput['purpose']> | ''>('');
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const enter = useWrite(
    (body: UseInput, options) => client.recordUse({ params: { id: record.record }, body }, options),
    () => {
      say(text('useDialog.done'));
      onClose();
    },
  );
  const wrong = { reference: reference.trim() === '', purpose: use === 'other-purpose' && purpose === '' };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (wrong.reference || wrong.purpose) return;
    enter.mutate({
      use,
      reference: reference.trim(),
      stage: use === 'judicial' ? stage : null,
      purpose: use === 'other-purpose' && purpose !== '' ? purpose : null,
    });
  };
  if (asking) return <AskPermissionDialog record={record} use={use} onClose={onClose} />;
  const needsPermission = enter.error !== null && asProblem(enter.error).code === 'use-not-permitted';
  return (
    <Dialog title={text('useDialog.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>{text('useDialog.note')}</p>
        <Fieldset legend={text('useDialog.use')}>
          {kinds.map((kind) => (
            <Radio
              key={kind}
              name="use"
              value={kind}
              label={text(`useDialog.kind.${kind}`)}
              checked={use === kind}
              onChange={() => setUse(kind)}
            />
          ))}
        </Fieldset>
        <TextInput
          label={text(`useDialog.reference.${use}`)}
          value={reference}
          onChange={(event) => setReference(event.target.value)}
          maxLength={200}
          dir={reference === '' ? undefined : 'auto'}
          error={checked && wrong.reference ? text('useDialog.referenceNeeded') : undefined}
        />
        {use === 'judicial' && (
          <NativeSelect
            label={text('useDialog.stage')}
            value={stage}
            onChange={({ target }) => setStage(judicialStages.find((one) => one === target.value) ?? stage)}
            data={judicialStages.map((value) => ({
              value,
              label: fieldCaption('correction-answer', `stage/${value}`, language) ?? value,
            }))}
          />
        )}
        {use === 'other-purpose' && (
          <NativeSelect
            label={text('useDialog.purpose')}
            value={purpose}
            onChange={({ target }) => setPurpose(purposes.find((one) => one === target.value) ?? '')}
            data={[
              { value: '', label: shared('choose') },
              ...purposes
                .filter((one) => one !== 'administration' && one !== record.purpose)
                .map((value) => ({ value, label: shared(`purpose.${value}`) })),
            ]}
            error={checked && wrong.purpose ? text('useDialog.purposeNeeded') : undefined}
          />
        )}
        {enter.error && <ProblemNotice thrown={enter.error} />}
        <DialogActions>
          <Button type="submit" loading={enter.isPending}>
            {text('useDialog.submit')}
            <KeyHint>Ctrl Enter</KeyHint>
          </Button>
          {needsPermission && record.allowed.includes('ask-permission') && (
            <Button variant="default" onClick={() => setAsking(true)}>
              {text('useDialog.askInstead', { service: nameOf(record.origin, language) })}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

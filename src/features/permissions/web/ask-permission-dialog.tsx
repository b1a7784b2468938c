import { Button, NativeSelect, Radio, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { purposes } from '#src/protocol/record/record.ts';
import { client } from '#src/web/api/client.ts';
import { partnersQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { dayAfter } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import type { PermissionRequestInput } from '../contract.ts';
import { permissionsMessages } from './messages.ts';
import { askableUses } from './permission-terms.tsx';
import styles from './permissions.module.css';
import { PortionChoice } from './portion-choice.tsx';

const proposedMonths = 6;

/** PRM-1: asks the origin for what the marking does not allow. */
export default function AskPermissionDialog({
  record,
  onClose,
  use: wanted,
}: ActionDialogProps & { use?: PermissionRequestInput['use'] }) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const now = useNow();
  const { say } = useToasts();
  const service = nameOf(record.origin, language);
  const uses = askableUses(record.handling.mayNot);
  const [use, setUse] = useState<PermissionRequestInput['use']>(wanted ?? uses[0] ?? 'onward');
  const [onwardTo, setOnwardTo] = useState('');
  const [purpose, setPurpose] = useState<NonNullable<PermissionRequestInput['purpose']> | ''>('');
  const [portions, setPortions] = useState<readonly number[] | null>(null);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [hasUntil, setHasUntil] = useState(false);
  const [checked, setChecked] = useState(false);
  const ask = useWrite(
    (body: PermissionRequestInput, options) => client.askPermission({ params: { id: record.record }, body }, options),
    () => {
      say(text('ask.done', { service }));
      onClose();
    },
  );
  const wrong = {
    onwardTo: use === 'onward' && onwardTo === '',
    purpose: use === 'other-purpose' && purpose === '',
    portions: portions?.length === 0,
    reason: reason.trim() === '',
    until: hasUntil && until === null,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.values(wrong).some(Boolean)) return;
    ask.mutate({
      use,
      onwardTo: use === 'onward' ? onwardTo : null,
      purpose: use === 'other-purpose' && purpose !== '' ? purpose : null,
      portions: portions && [...portions],
      reason: reason.trim(),
      until: hasUntil ? until : null,
    });
  };
  return (
    <Dialog title={text('ask.title', { service })} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>{text('ask.note', { service })}</p>
        <Fieldset legend={text('ask.use')}>
          {(uses.length > 0 ? uses : [use]).map((one) => (
            <Radio
              key={one}
              name="use"
              value={one}
              label={text(`use.${one}`)}
              checked={use === one}
              onChange={() => setUse(one)}
            />
          ))}
        </Fieldset>
        {use === 'onward' && (
          <ServiceSelect
            exclude={record.origin.id}
            value={onwardTo}
            onChange={setOnwardTo}
            error={checked && wrong.onwardTo ? text('ask.onwardNeeded') : undefined}
          />
        )}
        {use === 'other-purpose' && (
          <NativeSelect
            label={text('ask.purpose')}
            value={purpose}
            onChange={({ target }) => setPurpose(purposes.find((one) => one === target.value) ?? '')}
            data={[
              { value: '', label: shared('choose') },
              ...purposes
                .filter((one) => one !== 'administration' && one !== record.purpose)
                .map((value) => ({ value, label: shared(`purpose.${value}`) })),
            ]}
            error={checked && wrong.purpose ? text('ask.purposeNeeded') : undefined}
          />
        )}
        <PortionChoice
          record={record}
          among={null}
          value={portions}
          onChange={setPortions}
          error={checked && wrong.portions ? text('choice.needed') : undefined}
        />
        <Textarea
          label={text('ask.reason')}
          description={text('ask.reasonHint', { service })}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={2_000}
          dir="auto"
          error={checked && wrong.reason ? text('ask.reasonNeeded') : undefined}
        />
        {hasUntil ? (
          <DayField
            label={text('ask.until')}
            value={until}
            onChange={setUntil}
            error={checked && wrong.until ? text('decide.dayNeeded') : undefined}
          />
        ) : (
          <button
            type="button"
            className={styles.more}
            onClick={() => {
              setHasUntil(true);
              setUntil(dayAfter(now, proposedMonths));
            }}
          >
            {text('ask.addUntil')}
          </button>
        )}
        {hasUntil && (
          <button type="button" className={styles.more} onClick={() => setHasUntil(false)}>
            {text('ask.removeUntil')}
          </button>
        )}
        {ask.error && <ProblemNotice thrown={ask.error} />}
        <DialogActions>
          <Button type="submit" loading={ask.isPending}>
            {text('ask.submit')}
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

/** The services that we know, but the one whose information it is. */
function ServiceSelect({
  exclude,
  value,
  onChange,
  error,
}: {
  exclude: string;
  value: string;
  onChange: (service: string) => void;
  error: string | undefined;
}) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { data: partners, error: failed } = useQuery(partnersQuery);
  if (failed && !partners) return <ProblemNotice thrown={failed} />;
  const offered = (partners ?? []).filter(({ service, revokedAt }) => revokedAt === null && service.id !== exclude);
  return (
    <NativeSelect
      label={text('ask.onwardTo')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      data={[
        { value: '', label: shared('choose') },
        ...offered.map(({ service }) => ({ value: service.id, label: nameOf(service, language) })),
      ]}
      error={error}
    />
  );
}

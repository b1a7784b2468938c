import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Api } from '#src/features/api.ts';
import type { Input } from '#src/features/contract.ts';
import { type Language, languages } from '#src/protocol/primitives.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { isLogin, isLongEnough } from '#src/web/credentials.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { desks } from '#src/web/desks.ts';
import { isLanguage, ownName } from '#src/web/i18n/languages.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { roles } from '../contract.ts';
import styles from './create-officer-dialog.module.css';
import { officersMessages } from './messages.ts';

type NewOfficer = Input<Api['createOfficer']>['body'];
const levels = ['0', '1', '2', '3', '4'] as const;

export function CreateOfficerDialog({ onClose }: { onClose: () => void }) {
  const text = useText(officersMessages);
  const shared = useText(words);
  const spoken = useLanguage();
  const queries = useQueryClient();
  const { say } = useToasts();
  const [officer, setOfficer] = useState<NewOfficer>({
    login: '',
    displayName: '',
    role: 'liaison',
    clearance: 3,
    compartments: [],
    desks: ['liaison'],
    language: spoken,
    passphrase: '',
  });
  const [compartments, setCompartments] = useState('');
  const [checked, setChecked] = useState(false);
  const change = (wanted: Partial<NewOfficer>) => setOfficer((now) => ({ ...now, ...wanted }));
  const create = useWrite(
    (body: NewOfficer, options) => client.createOfficer({ body }, options),
    ({ displayName }) => {
      say(text('form.done', { name: displayName }));
      void queries.invalidateQueries({ queryKey: ['officers'] });
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isLogin(officer.login) || !isLongEnough(officer.passphrase) || !officer.displayName.trim()) return;
    create.mutate({
      ...officer,
      displayName: officer.displayName.trim(),
      compartments: compartments
        .split(/[,،;؛]/)
        .map((one) => one.trim())
        .filter(Boolean),
    });
  };
  return (
    <Dialog title={text('form.title')} onClose={onClose} wide>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <div className={styles.pair}>
          <TextInput
            label={text('form.displayName')}
            value={officer.displayName}
            onChange={(event) => change({ displayName: event.target.value })}
            maxLength={120}
            error={checked && !officer.displayName.trim() ? shared('required') : undefined}
          />
          <TextInput
            label={text('form.login')}
            placeholder={text('form.loginHint')}
            value={officer.login}
            onChange={(event) => change({ login: event.target.value.trim().toLowerCase() })}
            dir={officer.login === '' ? undefined : 'ltr'}
            autoCapitalize="none"
            autoComplete="off"
            maxLength={40}
            error={checked && !isLogin(officer.login) ? text('form.loginWrong') : undefined}
          />
          <NativeSelect
            label={text('form.role')}
            value={officer.role}
            onChange={({ target }) => change({ role: roles.find((role) => role === target.value) ?? officer.role })}
            data={roles.map((role) => ({ value: role, label: shared(`role.${role}`) }))}
          />
          <NativeSelect
            label={text('form.clearance')}
            value={String(officer.clearance)}
            onChange={(event) => change({ clearance: Number(event.target.value) })}
            data={levels.map((level) => ({ value: level, label: shared(`level.${level}`) }))}
          />
          <TextInput
            label={text('form.compartments')}
            placeholder={text('form.compartmentsHint')}
            value={compartments}
            onChange={(event) => setCompartments(event.target.value)}
          />
          <NativeSelect
            label={text('form.language')}
            value={officer.language}
            onChange={({ target }) => isLanguage(target.value) && change({ language: target.value satisfies Language })}
            data={languages.map((value) => ({ value, label: ownName[value] }))}
          />
        </div>
        <Fieldset legend={text('form.desks')}>
          {desks.map((desk) => (
            <Checkbox
              key={desk}
              label={shared(`desk.${desk}`)}
              checked={officer.desks.includes(desk)}
              onChange={(event) =>
                change({
                  desks: event.target.checked ? [...officer.desks, desk] : officer.desks.filter((one) => one !== desk),
                })
              }
            />
          ))}
        </Fieldset>
        <PasswordInput
          label={text('form.passphrase')}
          description={text('form.passphraseHint')}
          value={officer.passphrase}
          onChange={(event) => change({ passphrase: event.target.value })}
          autoComplete="new-password"
          maxLength={400}
          error={checked && !isLongEnough(officer.passphrase) ? text('form.passphraseShort') : undefined}
        />
        {create.error && <ProblemNotice thrown={create.error} />}
        <DialogActions>
          <Button type="submit" loading={create.isPending}>
            {text('form.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

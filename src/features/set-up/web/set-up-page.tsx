import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Api } from '#src/features/api.ts';
import type { Input } from '#src/features/contract.ts';
import { languages } from '#src/protocol/primitives.ts';
import { client } from '#src/web/api/client.ts';
import { entranceQuery } from '#src/web/api/queries.ts';
import { isLogin, isLongEnough } from '#src/web/credentials.ts';
import { Fingerprint } from '#src/web/design/fingerprint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { directionOf, isLanguage, ownName } from '#src/web/i18n/languages.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { Entry } from '#src/web/shell/entry.tsx';
import { setUpMessages } from './messages.ts';
import styles from './set-up-page.module.css';

type SetUpInput = Input<Api['setUp']>['body'];
const isCode = (code: string) => /^[a-z][a-z0-9-]{1,30}$/.test(code);

export function SetUpPage() {
  const text = useText(setUpMessages);
  const shared = useText(words);
  const spoken = useLanguage();
  const queries = useQueryClient();
  const [input, setInput] = useState<SetUpInput>({
    code: '',
    names: { ar: '', fr: '', en: '' },
    url: window.location.origin,
    administrator: { login: '', displayName: '', passphrase: '', language: spoken },
  });
  const [checked, setChecked] = useState(false);
  const setUp = useMutation({
    mutationFn: () => client.setUp({ body: input }),
    onSuccess: () => queries.invalidateQueries({ queryKey: entranceQuery.queryKey }),
  });
  const { administrator, names } = input;
  const change = (wanted: Partial<SetUpInput>) => setInput((now) => ({ ...now, ...wanted }));
  const changeAdministrator = (wanted: Partial<SetUpInput['administrator']>) =>
    change({ administrator: { ...administrator, ...wanted } });
  const missing = (value: string) => (checked && value.trim() === '' ? shared('required') : undefined);
  const complete =
    isCode(input.code) &&
    isLogin(administrator.login) &&
    isLongEnough(administrator.passphrase) &&
    [names.ar, names.fr, names.en, input.url, administrator.displayName].every((value) => value.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (complete) setUp.mutate();
  };
  if (setUp.data) return <Made fingerprint={setUp.data.fingerprint} />;
  return (
    <Entry title={text('title')} service={null} what={text('what')}>
      <form className={styles.form} onSubmit={submit} noValidate aria-label={text('title')}>
        <section className={styles.group} aria-label={text('service')}>
          <h2>{text('service')}</h2>
          {languages.map((language) => (
            <TextInput
              key={language}
              label={text(`names.${language}`)}
              value={names[language]}
              onChange={(event) => change({ names: { ...names, [language]: event.target.value } })}
              lang={language}
              dir={directionOf(language)}
              maxLength={200}
              error={missing(names[language])}
            />
          ))}
          <TextInput
            label={text('code')}
            description={text('codeHint')}
            value={input.code}
            onChange={(event) => change({ code: event.target.value.trim().toLowerCase() })}
            dir="ltr"
            maxLength={31}
            error={checked && !isCode(input.code) ? text('wrong.code') : undefined}
          />
          <TextInput
            label={text('url')}
            value={input.url}
            onChange={(event) => change({ url: event.target.value.trim() })}
            dir="ltr"
            maxLength={300}
            error={missing(input.url)}
          />
        </section>
        <section className={styles.group} aria-label={text('administrator')}>
          <h2>{text('administrator')}</h2>
          <TextInput
            label={text('displayName')}
            value={administrator.displayName}
            onChange={(event) => changeAdministrator({ displayName: event.target.value })}
            maxLength={120}
            error={missing(administrator.displayName)}
          />
          <TextInput
            label={text('login')}
            value={administrator.login}
            onChange={(event) => changeAdministrator({ login: event.target.value.trim().toLowerCase() })}
            dir="ltr"
            autoComplete="username"
            maxLength={40}
            error={checked && !isLogin(administrator.login) ? text('wrong.login') : undefined}
          />
          <PasswordInput
            label={text('passphrase')}
            description={text('passphraseHint')}
            value={administrator.passphrase}
            onChange={(event) => changeAdministrator({ passphrase: event.target.value })}
            autoComplete="new-password"
            maxLength={400}
            error={checked && !isLongEnough(administrator.passphrase) ? text('wrong.passphrase') : undefined}
          />
          <NativeSelect
            label={text('language')}
            value={administrator.language}
            onChange={({ target }) => isLanguage(target.value) && changeAdministrator({ language: target.value })}
            data={languages.map((value) => ({ value, label: ownName[value] }))}
          />
        </section>
        {setUp.error && <ProblemNotice thrown={setUp.error} />}
        <Button type="submit" loading={setUp.isPending}>
          {text('submit')}
        </Button>
      </form>
    </Entry>
  );
}

function Made({ fingerprint }: { fingerprint: string }) {
  const text = useText(setUpMessages);
  const navigate = useNavigate();
  return (
    <Entry title={text('done.title')} service={null} what={text('done.text')}>
      <Fingerprint spoken={fingerprint} />
      <Button onClick={() => void navigate({ to: '/sign-in' })}>{text('done.signIn')}</Button>
    </Entry>
  );
}

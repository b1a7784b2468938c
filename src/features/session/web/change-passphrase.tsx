import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { isLongEnough } from '#src/web/credentials.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import styles from './account-page.module.css';
import { sessionMessages } from './messages.ts';

const nothing = { current: '', wanted: '', again: '' };

export function ChangePassphrase({ login }: { login: string }) {
  const text = useText(sessionMessages);
  const queries = useQueryClient();
  const { say } = useToasts();
  const [typed, setTyped] = useState(nothing);
  const [checked, setChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => client.changePassphrase({ body: { currentPassphrase: typed.current, passphrase: typed.wanted } }),
    onSuccess: () => {
      say(text('account.passphrase.done'));
      setTyped(nothing);
      setChecked(false);
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const isFit = isLongEnough(typed.wanted) && typed.wanted === typed.again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isFit) change.mutate();
  };
  const field = (name: keyof typeof nothing, autoComplete: string) => ({
    label: text(`account.passphrase.${name}`),
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
    autoComplete,
    maxLength: 400,
    required: true,
    withAsterisk: false,
  });
  return (
    <section aria-labelledby="own-passphrase" className={styles.section}>
      <h2 id="own-passphrase">{text('account.passphrase.title')}</h2>
      <form onSubmit={submit} className={styles.form} noValidate>
        {/* For whoever keeps passphrases: whose it is. */}
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <PasswordInput {...field('current', 'current-password')} />
        <PasswordInput
          {...field('wanted', 'new-password')}
          description={text('account.passphrase.hint')}
          error={checked && !isLongEnough(typed.wanted) ? text('account.passphrase.short') : undefined}
        />
        <PasswordInput
          {...field('again', 'new-password')}
          error={checked && typed.wanted !== typed.again ? text('account.passphrase.differ') : undefined}
        />
        <p className={styles.soft}>{text('account.passphrase.ends')}</p>
        {change.error && <ProblemNotice thrown={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {text('account.passphrase.submit')}
        </Button>
      </form>
    </section>
  );
}

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Entrance } from '#src/features/demo/contract.ts';
import type { Me } from '#src/features/session/contract.ts';
import { client } from '#src/web/api/client.ts';
import { entranceQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { isLanguage, ownName } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { enter } from '#src/web/session.ts';
import { Entry } from '#src/web/shell/entry.tsx';
import { sessionMessages } from './messages.ts';
import styles from './sign-in-page.module.css';

export function SignInPage() {
  const text = useText(sessionMessages);
  const { data: entrance, error } = useQuery(entranceQuery);
  const back = useSearch({ from: '/sign-in' }).return;
  const router = useRouter();
  const navigate = useNavigate();
  const proceed = (me: Me) => {
    enter(me);
    if (back) router.history.push(back);
    else void navigate({ to: '/' });
  };
  return (
    <Entry title={text('title')} service={entrance?.service ?? null} what={text('what')}>
      {error && <ProblemNotice thrown={error} />}
      {entrance?.demo && entrance.officers.length > 0 && <OneClick entrance={entrance} onEntered={proceed} />}
      <PassphraseForm onEntered={proceed} quiet={entrance?.demo ?? false} />
      {entrance?.demo && entrance.neighbours.length > 0 && <Neighbours entrance={entrance} />}
    </Entry>
  );
}

function PassphraseForm({ onEntered, quiet }: { onEntered: (me: Me) => void; quiet: boolean }) {
  const text = useText(sessionMessages);
  const [login, setLogin] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const signIn = useMutation({
    mutationFn: () => client.signIn({ body: { login: login.trim(), passphrase } }),
    onSuccess: onEntered,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={text('title')}>
      <TextInput
        label={text('login')}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={text('passphrase')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
      {signIn.error && <ProblemNotice thrown={signIn.error} />}
      <Button type="submit" loading={signIn.isPending} variant={quiet ? 'default' : 'filled'}>
        {text('submit')}
      </Button>
    </form>
  );
}

function OneClick({ entrance, onEntered }: { entrance: Entrance; onEntered: (me: Me) => void }) {
  const text = useText(sessionMessages);
  const shared = useText(words);
  const signIn = useMutation({
    mutationFn: async (login: string) => {
      await client.demoSignIn({ body: { login } });
      return client.me();
    },
    onSuccess: onEntered,
  });
  return (
    <section className={styles.oneClick} aria-labelledby="one-click">
      <h2 id="one-click">{text('demo.title')}</h2>
      <p className={styles.soft}>{text('demo.text')}</p>
      <ul className={styles.officers}>
        {entrance.officers.map((officer) => (
          <li key={officer.login}>
            <button type="button" disabled={signIn.isPending} onClick={() => signIn.mutate(officer.login)}>
              <bdi className={styles.name}>{officer.displayName}</bdi>
              <span className={styles.role}>{shared.of('role', officer.role)}</span>
              {isLanguage(officer.language) && (
                <span className={styles.language} lang={officer.language}>
                  {ownName[officer.language]}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {signIn.error && <ProblemNotice thrown={signIn.error} />}
    </section>
  );
}

function Neighbours({ entrance }: { entrance: Entrance }) {
  const text = useText(sessionMessages);
  return (
    <nav className={styles.neighbours} aria-label={text('demo.neighbours')}>
      <span className={styles.soft}>{text('demo.neighbours')}</span>
      {entrance.neighbours.map((neighbour) => (
        <a key={neighbour.url} href={neighbour.url}>
          <ServiceName service={neighbour} />
        </a>
      ))}
    </nav>
  );
}

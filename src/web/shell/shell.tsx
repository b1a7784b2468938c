import { Button, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { client } from '../api/client.ts';
import { draftsQuery, inboxCountsQuery, meQuery } from '../api/queries.ts';
import { KeyHint } from '../design/key-hint.tsx';
import { Segments } from '../design/segments.tsx';
import { ServiceName } from '../design/service-name.tsx';
import { number } from '../i18n/format.ts';
import { nextLanguage } from '../i18n/languages.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { type KeyMap, useKeys } from '../keyboard/use-keys.ts';
import { type LiveState, listenLive } from '../live/live.ts';
import { Emblem } from './emblem.tsx';
import { KeysHelp } from './keys-help.tsx';
import { LanguageChoice, useSwitchLanguage } from './language-choice.tsx';
import { shellMessages } from './messages.ts';
import styles from './shell.module.css';

const RecoveryBanner = lazy(() => import('#src/features/keys/web/recovery-banner.tsx'));

function ThemeChoice() {
  const text = useText(shellMessages);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Segments
      label={text('theme')}
      hideLabel
      value={colorScheme}
      onChange={setColorScheme}
      options={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: text(`themes.${value}`) }))}
    />
  );
}

function Sections() {
  const text = useText(shellMessages);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  const { data: counts } = useQuery(inboxCountsQuery);
  const mayCompose = me?.allowed.includes('compose') ?? false;
  const { data: drafts } = useQuery({ ...draftsQuery, enabled: mayCompose });
  const reads = me?.role !== 'administrator';
  return (
    <nav aria-label={text('sections')} className={styles.sections}>
      {reads && (
        <ul>
          <li>
            <Link
              to="/inbox"
              search={{ view: 'waiting' }}
              activeOptions={{ includeSearch: true }}
              className={styles.link}
            >
              {text('waiting')}
              {counts && counts.waiting > 0 && (
                <span className={styles.count}>
                  <span aria-hidden="true">{number(counts.waiting, language)}</span>
                  <span className="visually-hidden">{text('waitingCount', { count: counts.waiting })}</span>
                </span>
              )}
            </Link>
          </li>
          <li>
            <Link to="/inbox" search={{ view: 'arrived' }} className={styles.link}>
              {text('arrived')}
            </Link>
          </li>
          <li>
            <Link to="/inbox" search={{ view: 'sent' }} className={styles.link}>
              {text('sent')}
            </Link>
          </li>
          <li>
            <Link
              to="/requests"
              search={{ direction: 'to-us', state: 'open' }}
              activeOptions={{ includeSearch: false }}
              className={styles.link}
            >
              {text('requests')}
            </Link>
          </li>
          {mayCompose && (
            <li>
              <Link to="/drafts" className={styles.link}>
                {text('drafts')}
                {drafts && drafts.length > 0 && <span className={styles.quiet}>{number(drafts.length, language)}</span>}
              </Link>
            </li>
          )}
        </ul>
      )}
      <ul>
        {me?.allowed.includes('partners') && (
          <li>
            <Link to="/partners" className={styles.link}>
              {text('partners')}
            </Link>
          </li>
        )}
        {me?.allowed.includes('officers') && (
          <li>
            <Link to="/officers" className={styles.link}>
              {text('officers')}
            </Link>
          </li>
        )}
        {me?.allowed.includes('keys') && (
          <li>
            <Link to="/keys" className={styles.link}>
              {text('ownKeys')}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** The frame of every page behind the sign-in. */
export function Shell() {
  const text = useText(shellMessages);
  const shared = useText(words);
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const switchTo = useSwitchLanguage();
  const { data: me } = useQuery(meQuery);
  const [live, setLive] = useState<LiveState>('connected');
  const [help, setHelp] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });

  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);

  useEffect(() => listenLive(queries, setLive), [queries]);
  // A new page takes the focus, so that a screen reader speaks it and the next Tab is in it.
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  const signOut = useMutation({
    mutationFn: () => client.signOut(),
    onSettled: () => {
      queries.clear();
      void navigate({ to: '/sign-in' });
    },
  });
  const mayCompose = me?.allowed.includes('compose') ?? false;
  const reads = me?.role !== 'administrator';
  const keys: KeyMap = {
    '?': () => setHelp(true),
    l: () => switchTo(nextLanguage(language)),
    ...(mayCompose
      ? { c: () => void navigate({ to: '/compose' }), 'g d': () => void navigate({ to: '/drafts' }) }
      : {}),
    ...(reads
      ? {
          'g w': () => void navigate({ to: '/inbox', search: { view: 'waiting' } }),
          'g a': () => void navigate({ to: '/inbox', search: { view: 'arrived' } }),
          'g s': () => void navigate({ to: '/inbox', search: { view: 'sent' } }),
          'g r': () => void navigate({ to: '/requests', search: { direction: 'to-us', state: 'open' } }),
        }
      : {}),
    ...(me?.allowed.includes('partners') ? { 'g p': () => void navigate({ to: '/partners' }) } : {}),
    ...(me?.allowed.includes('officers') ? { 'g o': () => void navigate({ to: '/officers' }) } : {}),
    ...(me?.allowed.includes('keys') ? { 'g k': () => void navigate({ to: '/keys' }) } : {}),
  };
  useKeys(keys);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {text('skip')}
      </a>
      <header className={styles.side}>
        <Link to="/" className={styles.brand}>
          <Emblem />
          <span>
            <strong>{shared('brand')}</strong>
            {me && <ServiceName service={me.service} />}
          </span>
        </Link>
        {mayCompose && (
          <Button component={Link} to="/compose" className={styles.compose} aria-keyshortcuts="c">
            {text('compose')}
            <KeyHint>c</KeyHint>
          </Button>
        )}
        <Sections />
        <div className={styles.foot}>
          {live === 'waiting' && (
            <p role="status" className={styles.offline}>
              {text('offline')}
            </p>
          )}
          {me?.demo && <p className={styles.demo}>{text('demo')}</p>}
          <LanguageChoice />
          <div className={styles.choices}>
            <ThemeChoice />
            <button type="button" className={styles.plain} onClick={() => setHelp(true)} aria-keyshortcuts="?">
              <span className="visually-hidden">{text('keys')}</span>
              <kbd>?</kbd>
            </button>
          </div>
          <div className={styles.officer}>
            <Link to="/account" className={styles.account} title={text('account')}>
              <bdi>{me?.displayName}</bdi>
              <span className="visually-hidden"> {text('account')}</span>
            </Link>
            <p>
              <span>{me && shared.of('role', me.role)}</span>
              <button type="button" className={styles.plain} onClick={() => signOut.mutate()}>
                {text('signOut')}
              </button>
            </p>
          </div>
        </div>
      </header>
      <main id="content" ref={main} className={styles.main} tabIndex={-1}>
        <Suspense fallback={null}>
          <RecoveryBanner />
        </Suspense>
        <Outlet />
      </main>
      {help && <KeysHelp everywhere={Object.keys(keys)} onClose={() => setHelp(false)} />}
    </div>
  );
}

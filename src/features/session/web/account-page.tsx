import { useQuery } from '@tanstack/react-query';
import { meQuery } from '#src/web/api/queries.ts';
import { Page } from '#src/web/design/page.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { ChangePassphrase } from './change-passphrase.tsx';
import { sessionMessages } from './messages.ts';
import { OwnSessions } from './own-sessions.tsx';

/** The officer's own account: another passphrase, and an end to sessions that were left somewhere. */
export function AccountPage() {
  const text = useText(sessionMessages);
  const { data: me } = useQuery(meQuery);
  return (
    <Page title={text('account.title')}>
      {me && <p>{text('account.signedInAs', { login: me.login })}</p>}
      <OwnSessions />
      <ChangePassphrase login={me?.login ?? ''} />
    </Page>
  );
}

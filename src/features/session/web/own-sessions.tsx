import { Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { When } from '#src/web/design/when.tsx';
import { shortInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import styles from './account-page.module.css';
import { sessionMessages } from './messages.ts';

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => client.listSessions(undefined, { signal }),
});

export function OwnSessions() {
  const text = useText(sessionMessages);
  const language = useLanguage();
  const queries = useQueryClient();
  const { say } = useToasts();
  const { data: sessions, error } = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => client.endSession({ params: { id } }),
    onSuccess: () => {
      say(text('account.sessions.done'));
      void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const problem = error ?? end.error;
  return (
    <section aria-labelledby="own-sessions" className={styles.section}>
      <h2 id="own-sessions">{text('account.sessions.title')}</h2>
      <p className={styles.soft}>{text('account.sessions.text')}</p>
      {problem && <ProblemNotice thrown={problem} />}
      {sessions && (
        <table className={styles.sessions}>
          <thead>
            <tr>
              <th scope="col">{text('account.sessions.started')}</th>
              <th scope="col">{text('account.sessions.seen')}</th>
              <th scope="col">{text('account.sessions.expires')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sessions.map(({ id, current, startedAt, lastSeenAt, expiresAt }) => (
              <tr key={id}>
                <th scope="row">
                  <When at={startedAt} exact />
                </th>
                <td>
                  <When at={lastSeenAt} />
                </td>
                <td>
                  <When at={expiresAt} exact />
                </td>
                <td>
                  {current ? (
                    text('account.sessions.here')
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={text('account.sessions.endLabel', { at: shortInstant(startedAt, language) })}
                      onClick={() => end.mutate(id)}
                    >
                      {text('account.sessions.end')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

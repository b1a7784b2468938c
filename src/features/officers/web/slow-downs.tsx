import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';
import { When } from '#src/web/design/when.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { officersMessages } from './messages.ts';
import styles from './officers-page.module.css';

const slowDownsQuery = queryOptions({
  queryKey: ['officers', 'slow-downs'],
  queryFn: ({ signal }) => client.listSlowDowns(undefined, { signal }),
  refetchInterval: 30_000,
});

/** Whose sign-in is being guessed at, as long as it is; nothing where it is not. */
export function SlowDowns() {
  const text = useText(officersMessages);
  const { data } = useQuery(slowDownsQuery);
  if (!data || (data.now.length === 0 && data.lastDay === 0)) return null;
  return (
    <section aria-labelledby="slow-downs" className={styles.slowed}>
      <h2 id="slow-downs">{text('slowed.title')}</h2>
      <p>{text('slowed.text')}</p>
      <p>{text('slowed.lastDay', { count: data.lastDay })}</p>
      {data.now.length > 0 && (
        <table className={styles.officers}>
          <thead>
            <tr>
              <th scope="col">{text('slowed.login')}</th>
              <th scope="col">{text('slowed.address')}</th>
              <th scope="col">{text('slowed.failures')}</th>
              <th scope="col">{text('slowed.until')}</th>
            </tr>
          </thead>
          <tbody>
            {data.now.map(({ officer, address, failures, until }) => (
              <tr key={`${officer?.id ?? ''} ${address ?? ''} ${until}`}>
                <th scope="row">{officer === null ? text('slowed.nobody') : <bdi dir="ltr">{officer.login}</bdi>}</th>
                <td>
                  <bdi dir="ltr">{address ?? '—'}</bdi>
                </td>
                <td>{failures}</td>
                <td>
                  <When at={until} exact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

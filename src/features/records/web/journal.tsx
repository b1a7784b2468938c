import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import styles from './journal.module.css';
import { JournalReason } from './journal-reason.tsx';
import { actWords } from './journal-words.ts';
import { recordsMessages } from './messages.ts';

/** ACC-12: who did what with this record. Asked for only when it is opened. */
export function Journal({ record }: { record: string }) {
  const text = useText(recordsMessages);
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={text('journal')} className="no-print">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <h2>{text('journal')}</h2> <span className={styles.soft}>{text('journalShow')}</span>
        </summary>
        {open && <JournalLines record={record} />}
      </details>
    </section>
  );
}

function JournalLines({ record }: { record: string }) {
  const text = useText(recordsMessages);
  const shared = useText(words);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['records', record, 'journal'],
    queryFn: ({ pageParam, signal }) =>
      client.getRecordJournal({ params: { id: record }, query: pageParam ? { before: pageParam } : {} }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ before }) => before,
  });
  const lines = data?.pages.flatMap((page) => page.lines);
  if (error) return <ProblemNotice thrown={error} />;
  if (!lines) return <p className={styles.soft}>{shared('loading')}</p>;
  if (lines.length === 0) return <p className={styles.soft}>{text('journalEmpty')}</p>;
  return (
    <>
      <ol className={styles.lines}>
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name, and none is ever taken out
          <li key={place}>
            <span className={styles.soft}>
              <When at={line.at} exact />
            </span>
            <span>
              {line.actor ? <bdi>{line.actor}</bdi> : text.of('actor', line.actorKind)}
              {' · '}
              {actWords(text.of, line.act)}
              {line.service && (
                <>
                  {' · '}
                  <ServiceName service={line.service} />
                </>
              )}
              <JournalReason line={line} />
            </span>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('journalOlder')}
        </Button>
      )}
    </>
  );
}

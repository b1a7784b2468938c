import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { Empty } from '#src/web/design/empty.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { Pending } from '#src/web/shell/states.tsx';
import { InboxList, type InboxListHandle } from './inbox-list.tsx';
import styles from './inbox-page.module.css';
import { inboxMessages } from './messages.ts';
import { Preview } from './preview.tsx';

const pageSize = 50;
const typingPauseMs = 250;

/** What waits, what arrived, what was sent: one list by keyboard, the record beside it. */
export function InboxPage() {
  const text = useText(inboxMessages);
  const { view, q, item } = useSearch({ from: '/inside/inbox' });
  const navigate = useNavigate({ from: '/inbox' });
  const list = useRef<InboxListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const shownItem = useDeferredValue(item);

  const pages = useInfiniteQuery({
    queryKey: ['inbox', view, q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.listInbox(
        { query: { view, limit: pageSize, ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];

  const select = useCallback(
    (record: string) => void navigate({ search: (now) => ({ ...now, item: record }), replace: true }),
    [navigate],
  );
  const open = (record: string) => void navigate({ to: '/records/$id', params: { id: record } });
  const move = (by: 1 | -1) => {
    const at = items.findIndex(({ record }) => record === item);
    const next = items[at === -1 ? 0 : at + by];
    if (!next) return;
    select(next.record);
    list.current?.reveal(next.record);
  };
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Enter: () => item && open(item),
    '/': () => search.current?.focus(),
    Escape: () => {
      if (document.activeElement === search.current) search.current?.blur();
      else void navigate({ search: ({ item: _, ...now }) => now, replace: true });
    },
  });

  return (
    <div className={styles.page}>
      <section className={styles.list} aria-label={text('list')}>
        <header className={styles.head}>
          <h1>{text(`view.${view}`)}</h1>
          <SearchField
            ref={search}
            key={view}
            initial={q ?? ''}
            onSearch={(sought) =>
              void navigate({
                search: ({ q: _, item: __, ...now }) => (sought ? { ...now, q: sought } : now),
                replace: true,
              })
            }
          />
        </header>
        {pages.isPending && <Pending />}
        {pages.error && !pages.data && <ProblemNotice thrown={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.data && items.length === 0 && (
          <Empty title={text(q ? 'empty.search' : `empty.${view}`)}>
            {text(q ? 'empty.searchNext' : `empty.${view}Next`)}
          </Empty>
        )}
        {items.length > 0 && (
          <InboxList
            ref={list}
            items={items}
            view={view}
            selected={item ?? null}
            onSelect={select}
            onOpen={open}
            onEnd={() => {
              if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
            }}
          />
        )}
      </section>
      <section className={styles.preview} aria-label={text('preview')}>
        {shownItem ? (
          <Preview key={shownItem} id={shownItem} />
        ) : (
          <Empty title={text('choose')}>
            <p>{text('chooseHint')}</p>
            <p>
              <kbd>j</kbd> <kbd>k</kbd> <kbd>Enter</kbd> <kbd>e</kbd> <kbd>r</kbd> <kbd>/</kbd> <kbd>?</kbd>
            </p>
          </Empty>
        )}
      </section>
    </div>
  );
}

function SearchField({
  ref,
  initial,
  onSearch,
}: {
  ref: React.Ref<HTMLInputElement>;
  initial: string;
  onSearch: (sought: string) => void;
}) {
  const text = useText(inboxMessages);
  const [typed, setTyped] = useState(initial);
  const told = useRef(initial);
  const tell = useRef(onSearch);
  tell.current = onSearch;
  useEffect(() => {
    const sought = typed.trim();
    if (sought === told.current) return;
    const timer = setTimeout(() => {
      told.current = sought;
      tell.current(sought);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className={styles.search}>
      <input
        ref={ref}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={text('search')}
        aria-label={text('search')}
        aria-keyshortcuts="/"
        maxLength={200}
        dir={typed === '' ? undefined : 'auto'}
      />
      <KeyHint>/</KeyHint>
    </div>
  );
}

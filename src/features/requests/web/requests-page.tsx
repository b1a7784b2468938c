import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { meQuery } from '#src/web/api/queries.ts';
import { Empty } from '#src/web/design/empty.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { list } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { useNow } from '#src/web/now.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { RequestView } from '../contract.ts';
import { ClockLine } from './clock-line.tsx';
import { pressingLine } from './clock-words.ts';
import { requestsMessages } from './messages.ts';
import { type Direction, type Openness, requestsQuery } from './queries.ts';
import styles from './requests-page.module.css';

const directions: readonly Direction[] = ['to-us', 'ours'];
const states: readonly Openness[] = ['open', 'closed'];

/** Who waits for whose answer, the soonest due first. */
export function RequestsPage() {
  const text = useText(requestsMessages);
  const { direction, state } = useSearch({ from: '/inside/requests' });
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    requestsQuery(direction, state),
  );
  const requests = data?.pages.flatMap(({ items }) => items);
  const rows = useRef<HTMLOListElement>(null);
  const mayAsk = me?.allowed.includes('request') ?? false;

  const move = (by: 1 | -1) => {
    const links = [...(rows.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    links[at === -1 ? 0 : at + by]?.focus();
  };
  const write = () => void navigate({ to: '/requests/new' });
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    ...(mayAsk ? { n: write } : {}),
  });
  const show = (search: { direction?: Direction; state?: Openness }) =>
    void navigate({ to: '/requests', search: { direction, state, ...search }, replace: true });
  return (
    <Page
      title={text('title')}
      actions={
        mayAsk && (
          <Button onClick={write} aria-keyshortcuts="n">
            {text('newOne')}
            <KeyHint>n</KeyHint>
          </Button>
        )
      }
    >
      <div className={styles.choice}>
        <Segments
          label={text('direction.label')}
          hideLabel
          value={direction}
          onChange={(value) => show({ direction: value })}
          options={directions.map((value) => ({ value, label: text(`direction.${value}`) }))}
        />
        <Segments
          label={text('state.label')}
          hideLabel
          value={state}
          onChange={(value) => show({ state: value })}
          options={states.map((value) => ({ value, label: text(`state.${value}`) }))}
        />
      </div>
      {error && !requests && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !requests && <Pending />}
      {requests?.length === 0 && (
        <Empty title={text(`empty.${direction}.${state}`)}>{text(`emptyNext.${direction}`)}</Empty>
      )}
      {requests && requests.length > 0 && (
        <ol ref={rows} className={styles.rows} aria-label={text('list')}>
          {requests.map((request) => (
            <RequestRow key={request.record} request={request} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('more')}
        </Button>
      )}
    </Page>
  );
}

function RequestRow({ request }: { request: RequestView }) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const now = useNow();
  const pressing = pressingLine(request.lines, now);
  // A question back is no answer yet: its clock has not ended.
  const answered = request.lines.filter(({ clock }) => clock.endedAt !== null).length;
  const services = list(
    request.lines.map(({ service }) => nameOf(service, language)),
    language,
  );
  return (
    <li>
      <Link to="/records/$id" params={{ id: request.record }} preload={false} className={styles.row}>
        <Prose inline language={request.language} className={styles.title}>
          {request.title}
        </Prose>
        <span className={styles.clock}>{pressing && <ClockLine line={pressing} />}</span>
        <span className={styles.who}>
          <span>
            {request.ours ? text('to', { services }) : text('from', { service: nameOf(request.origin, language) })}
          </span>
          {request.urgency !== 'routine' && (
            <span className={styles.urgent}>{shared.of('urgency', request.urgency)}</span>
          )}
          {request.ours && request.lines.length > 1 && (
            <span>{text('answeredBy', { count: answered, all: request.lines.length })}</span>
          )}
        </span>
      </Link>
    </li>
  );
}

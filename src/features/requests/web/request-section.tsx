import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { duration, longDay, shortInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { RequestView } from '../contract.ts';
import { ClockLine } from './clock-line.tsx';
import { requestsMessages } from './messages.ts';
import { requestQuery } from './queries.ts';
import styles from './request-section.module.css';

const dialogs = {
  answer: lazy(() => import('./answer-dialog.tsx')),
  clarify: lazy(() => import('./clarify-dialog.tsx')),
} as const;
type Act = keyof typeof dialogs;
const acts = Object.keys(dialogs) as Act[];

/** The page's key `r`: whether it was pressed, perhaps before this section was here, and that it has been acted on. */
interface PageKey {
  readonly pressed: boolean;
  readonly onTaken: () => void;
}

/** On the page of a request: its clock at each recipient, and what each has answered. */
export default function RequestSection({ record, ...pageKey }: { record: RecordView } & PageKey) {
  const text = useText(requestsMessages);
  const { data: request, error, refetch } = useQuery(requestQuery(record.record));
  if (error && !request) return <ProblemNotice thrown={error} onRetry={() => void refetch()} />;
  if (!request) return null;
  return (
    <section aria-label={text('section.title')} className={styles.section}>
      <div className={styles.heading}>
        <h2>{text('section.title')}</h2>
        <RequestActions
          record={record}
          allowed={acts.filter((act) => request.allowed.includes(act))}
          {...pageKey}
          // A clarification that nobody asked for is possible, not expected.
          isExpected={!request.ours || request.lines.some(({ clock }) => clock.state === 'paused')}
        />
      </div>
      <ul className={styles.lines}>
        {request.lines.map((line) => (
          <Line key={line.service.id} line={line} ours={request.ours} />
        ))}
      </ul>
    </section>
  );
}

function Line({ line, ours }: { line: RequestView['lines'][number]; ours: boolean }) {
  const text = useText(requestsMessages);
  const language = useLanguage();
  const { service, clock, answers } = line;
  return (
    <li className={styles.line}>
      <p className={styles.head}>
        <strong>{ours ? <ServiceName service={service} /> : text('section.us')}</strong>
        <ClockLine line={line} />
      </p>
      <p className={styles.soft}>
        {text('section.dueAt', { when: shortInstant(clock.dueAt, language) })}
        {clock.pausedMs > 0 && ` · ${text('section.paused', { duration: duration(clock.pausedMs, language) })}`}
      </p>
      {answers.length === 0 && clock.state !== 'paused' && <p className={styles.soft}>{text('section.none')}</p>}
      <ol className={styles.answers}>
        {answers.map(({ record, answer, ground, restBy, at }) => (
          <li key={record}>
            <Link to="/records/$id" params={{ id: record }}>
              {fieldCaption('answer', `answer/${answer}`, language) ?? answer}
            </Link>
            {ground && ` · ${fieldCaption('answer', `ground/${ground}`, language) ?? ground}`}
            {restBy && ` · ${text('section.restBy', { day: longDay(restBy, language) })}`}
            {' · '}
            <When at={at} />
          </li>
        ))}
      </ol>
    </li>
  );
}

/** Whoever asked clarifies, whoever was asked answers: never both, so one key serves. */
function RequestActions({
  record,
  allowed,
  isExpected,
  pressed,
  onTaken,
}: PageKey & {
  record: RecordView;
  allowed: readonly Act[];
  isExpected: boolean;
}) {
  const text = useText(requestsMessages);
  const [open, setOpen] = useState<Act | null>(null);
  const [first] = allowed;
  useEffect(() => {
    if (!pressed) return;
    if (first) setOpen(first);
    onTaken();
  }, [pressed, first, onTaken]);
  const Dialog = open && dialogs[open];
  return (
    <>
      {allowed.map((act) => (
        <Button
          key={act}
          variant={isExpected ? 'filled' : 'default'}
          onClick={() => setOpen(act)}
          aria-keyshortcuts="r"
        >
          {text(`act.${act}`)}
          <KeyHint>r</KeyHint>
        </Button>
      ))}
      {Dialog && (
        <Suspense fallback={null}>
          <Dialog record={record} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

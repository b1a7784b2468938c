import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { recordQuery } from '#src/web/api/queries.ts';
import { MarkingBanner } from '#src/web/design/marking.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { RecordActions } from '#src/web/record/actions.tsx';
import { BodyFields } from '#src/web/record/body-fields.tsx';
import { DeliveryBoard } from '#src/web/record/delivery-board.tsx';
import { GradingSentence } from '#src/web/record/grading-sentence.tsx';
import { HandlingBox } from '#src/web/record/handling-box.tsx';
import { highestMarking } from '#src/web/record/highest-marking.ts';
import { showsFields } from '#src/web/record/information.ts';
import { kindCaption } from '#src/web/record/kind-captions.ts';
import { Portions } from '#src/web/record/portions.tsx';
import { RecordTitle } from '#src/web/record/record-title.tsx';
import { RecordNotices } from '#src/web/record/sections.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import { inboxMessages } from './messages.ts';
import styles from './preview.module.css';

/** Running over the list with j and k must not count as reading every item: the origin is told of a first reading. */
const dwellMs = 350;

export function Preview({ id }: { id: string }) {
  const text = useText(inboxMessages);
  const language = useLanguage();
  const [dwelt, setDwelt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDwelt(true), dwellMs);
    return () => clearTimeout(timer);
  }, []);
  const { data: record, error, refetch } = useQuery({ ...recordQuery(id), enabled: dwelt });
  if (error && !record) {
    return (
      <div className={styles.failed}>
        <ProblemNotice thrown={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!record) return dwelt ? <Pending /> : null;
  return (
    <>
      <MarkingBanner marking={highestMarking(record)} />
      <article className={styles.preview}>
        <header className={styles.head}>
          <p className={styles.soft}>
            {kindCaption(record.kind, language)}
            {' · '}
            {record.ours ? text('ours') : text('from', { service: nameOf(record.origin, language) })}
            {' · '}
            <When at={record.receivedAt ?? record.createdAt} />
          </p>
          <h2>
            <RecordTitle record={record} />
          </h2>
          {record.grading && (
            <p>
              <GradingSentence grading={record.grading} />
            </p>
          )}
        </header>
        <div className={styles.tools}>
          <RecordActions record={record} />
          <Link to="/records/$id" params={{ id: record.record }} className={styles.open}>
            {text('open')}
          </Link>
        </div>
        <RecordNotices record={record} />
        {showsFields(record) && <BodyFields record={record} />}
        <Portions record={record} />
        {record.deliveries.length > 0 && <DeliveryBoard deliveries={record.deliveries} />}
        <HandlingBox record={record} />
      </article>
    </>
  );
}

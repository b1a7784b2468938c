import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { recordQuery } from '#src/web/api/queries.ts';
import { MarkingBanner } from '#src/web/design/marking.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { RecordActions } from '#src/web/record/actions.tsx';
import { BodyFields } from '#src/web/record/body-fields.tsx';
import { DeliveryBoard } from '#src/web/record/delivery-board.tsx';
import { GradingSentence } from '#src/web/record/grading-sentence.tsx';
import { HandlingBox } from '#src/web/record/handling-box.tsx';
import { highestMarking } from '#src/web/record/highest-marking.ts';
import { showsFields } from '#src/web/record/information.ts';
import { kindCaption } from '#src/web/record/kind-captions.ts';
import { recordWords } from '#src/web/record/messages.ts';
import { Portions } from '#src/web/record/portions.tsx';
import { RecordTitle } from '#src/web/record/record-title.tsx';
import { RecordNotices, RecordSections } from '#src/web/record/sections.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { RecordView } from '../contract.ts';
import { Journal } from './journal.tsx';
import { recordsMessages } from './messages.ts';
import { Provenance, Revisions } from './provenance.tsx';
import styles from './record-page.module.css';
import { Thread } from './thread.tsx';

export function RecordPage() {
  const { id } = useParams({ from: '/inside/records/$id' });
  const { data: record, error, refetch } = useQuery(recordQuery(id));
  const router = useRouter();
  const back = () => (router.history.canGoBack() ? router.history.back() : void router.navigate({ to: '/' }));
  useKeys({ Escape: back });
  if (error && !record) {
    return (
      <div className={styles.failed}>
        <ProblemNotice thrown={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return record ? <RecordSheet key={record.record} record={record} onBack={back} /> : <Pending />;
}

function RecordSheet({ record, onBack }: { record: RecordView; onBack: () => void }) {
  const text = useText(recordsMessages);
  const shown = useText(recordWords);
  const begin = useSearch({ from: '/inside/records/$id' }).do;
  return (
    <div className={styles.printed}>
      <MarkingBanner marking={highestMarking(record)} />
      <div className={styles.page}>
        <div className={`${styles.tools} no-print`}>
          <button type="button" className={styles.back} onClick={onBack} aria-keyshortcuts="Escape">
            {text('back')}
          </button>
          <RecordActions record={record} begin={begin} />
          <Button variant="default" onClick={() => window.print()} className={styles.print}>
            {shown('actions.print')}
          </Button>
        </div>
        <div className={styles.main}>
          <article className={styles.sheet}>
            <RecordHead record={record} />
            <RecordNotices record={record} />
            {showsFields(record) && <BodyFields record={record} />}
            {record.portions.length > 0 && <Portions record={record} />}
          </article>
          <div className={styles.after}>
            {record.deliveries.length > 0 && <DeliveryBoard deliveries={record.deliveries} />}
            <RecordSections record={record} />
            <Thread record={record} />
            <Revisions record={record} />
            <Journal record={record.record} />
          </div>
        </div>
        <aside className={styles.beside}>
          <HandlingBox record={record} />
          <Provenance record={record} />
        </aside>
      </div>
    </div>
  );
}

function RecordHead({ record }: { record: RecordView }) {
  const text = useText(recordsMessages);
  const language = useLanguage();
  return (
    <header className={styles.head}>
      <p className={styles.kind}>
        {kindCaption(record.kind, language)}
        {' · '}
        {record.ours ? text('ours') : text('from', { service: nameOf(record.origin, language) })}
        {' · '}
        {record.receivedAt ? (
          <>
            {text('received')} <When at={record.receivedAt} />
          </>
        ) : (
          <>
            {text('written')} <When at={record.createdAt} />
          </>
        )}
        {record.revision > 1 && ` · ${text('revision', { number: record.revision })}`}
      </p>
      <h1>
        <RecordTitle record={record} />
      </h1>
      {record.grading && (
        <p>
          <GradingSentence grading={record.grading} />
        </p>
      )}
    </header>
  );
}

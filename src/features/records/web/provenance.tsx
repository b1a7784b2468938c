import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { number } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { RecordView } from '../contract.ts';
import { recordsMessages } from './messages.ts';
import styles from './provenance.module.css';
import { isReplaced } from './replaced-revision.ts';

/** Where it came from, by whose signature, and who works on it here. */
export function Provenance({ record }: { record: RecordView }) {
  const text = useText(recordsMessages);
  const shared = useText(words);
  return (
    <section className={styles.facts} aria-label={text('facts')}>
      <h2>{text('facts')}</h2>
      <dl>
        <div>
          <dt>{text('origin')}</dt>
          <dd>
            <ServiceName service={record.origin} />
            {record.desk && ` · ${shared.of('desk', record.desk)}`}
          </dd>
        </div>
        <div>
          <dt>{text('written')}</dt>
          <dd>
            <When at={record.createdAt} exact />
          </dd>
        </div>
        {record.receivedAt && (
          <div>
            <dt>{text('received')}</dt>
            <dd>
              <When at={record.receivedAt} exact />
              {record.receivedFrom && record.receivedFrom.id !== record.origin.id && <ReceivedFrom record={record} />}
            </dd>
          </div>
        )}
        {record.desks.length > 0 && (
          <div>
            <dt>{text('desks')}</dt>
            <dd>
              <ul>
                {record.desks.map((desk) => (
                  <li key={desk}>{shared.of('desk', desk)}</li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        <div>
          <dt>{text('identifier')}</dt>
          <dd className={styles.code}>
            <bdi dir="ltr">{record.record}</bdi>
          </dd>
        </div>
        <div>
          <dt>{text('hash')}</dt>
          <dd className={styles.code}>
            <bdi dir="ltr">{record.hash}</bdi>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function ReceivedFrom({ record }: { record: RecordView }) {
  const text = useText(recordsMessages);
  const language = useLanguage();
  if (!record.receivedFrom) return null;
  return <p>{text('receivedFrom', { service: nameOf(record.receivedFrom, language) })}</p>;
}

export function Revisions({ record }: { record: RecordView }) {
  const text = useText(recordsMessages);
  const shared = useText(words);
  const language = useLanguage();
  if (record.revisions.length < 2) return null;
  return (
    <section className={styles.facts} aria-label={text('revisions')}>
      <h2>{text('revisions')}</h2>
      <ol className={styles.rows}>
        {record.revisions.map((revision) => (
          <li key={revision.hash}>
            <strong>{text('revision', { number: number(revision.revision, language) })}</strong>{' '}
            {isReplaced(revision, record) ? text('replaced') : shared.of('status', revision.status)}
            {revision.hash === record.hash && ` · ${text('current')}`}
            {' · '}
            <When at={revision.createdAt} />
          </li>
        ))}
      </ol>
    </section>
  );
}

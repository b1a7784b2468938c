import { lazy, Suspense } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { Audience } from '../design/marking.tsx';
import { nameOf } from '../design/service-name.tsx';
import { Day } from '../design/when.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { RecordAction } from './actions.tsx';
import styles from './handling-box.module.css';
import { carriesInformation } from './information.ts';
import { recordWords } from './messages.ts';

const PermissionsInForce = lazy(() => import('#src/features/permissions/web/permissions-in-force.tsx'));

const condition = 'meet-condition';

/** What one may and may not do with it, in sentences, and for which purpose one has it at all. */
export function HandlingBox({ record }: { record: RecordView }) {
  const text = useText(recordWords);
  const shared = useText(words);
  const language = useLanguage();
  const { may, mayNot, ask } = record.handling;
  const informs = carriesInformation(record);
  const sentence = (code: string) => text.of('handling.does', code);
  const conditions = record.marking.handling.filter(({ note }) => note);
  const forbidden = mayNot.filter((code) => code !== condition || conditions.length === 0);
  const askable = nameOf(ask ?? record.origin, language);
  return (
    <section className={styles.box} aria-label={text('handling.title')}>
      <h2>{text('handling.title')}</h2>
      {informs && may.length > 0 && (
        <div>
          <h3>{text(record.ours ? 'handling.mayOwn' : 'handling.may')}</h3>
          <ul className={styles.may}>
            {may.map((code) => (
              <li key={code}>{sentence(code)}</li>
            ))}
          </ul>
        </div>
      )}
      {informs && forbidden.length > 0 && (
        <div>
          <h3>{record.ours ? text('handling.mayNotOwn') : text('handling.mayNot', { service: askable })}</h3>
          <ul className={styles.mayNot}>
            {forbidden.map((code) => (
              <li key={code}>{sentence(code)}</li>
            ))}
          </ul>
        </div>
      )}
      {informs && (
        <Suspense fallback={null}>
          <PermissionsInForce record={record} />
        </Suspense>
      )}
      <RecordAction record={record} action="ask-permission" label={text('handling.ask')} />
      {record.ours && ask && (
        <p>
          <a href="#sources">{text('handling.askThere', { service: askable })}</a>
        </p>
      )}
      {conditions.map(({ originator, note }) => (
        <div key={`${originator.id} ${note}`}>
          <h3>{text('handling.conditions', { service: nameOf(originator, language) })}</h3>
          <p dir="auto" className={styles.note}>
            {note}
          </p>
        </div>
      ))}
      <dl className={styles.terms}>
        {record.ours && (
          <div>
            <dt>{text('handling.audience')}</dt>
            <dd>
              <Audience releasableTo={record.marking.releasableTo} />
            </dd>
          </div>
        )}
        <div>
          <dt>{text('handling.purpose')}</dt>
          <dd>{shared.of('purpose', record.purpose)}</dd>
        </div>
        <div>
          <dt>{text('handling.legalBasis')}</dt>
          <dd dir="auto">{record.legalBasis}</dd>
        </div>
        <div>
          <dt>{text('handling.reviewBy')}</dt>
          <dd>
            <Day day={record.reviewBy} />
            {record.reviewOverdue && <strong className={styles.overdue}> {text('handling.reviewOverdue')}</strong>}
          </dd>
        </div>
      </dl>
    </section>
  );
}

import type { RecordView } from '#src/features/records/contract.ts';
import { kindWords } from '#src/kinds/words.ts';
import { Day, When } from '../design/when.tsx';
import { number } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './body-fields.module.css';
import { fieldCaption } from './kind-captions.ts';

/** Fields that only machines read; their meaning stands elsewhere on the page. */
const technical = new Set([
  'record',
  'hash',
  'digests',
  'grantee',
  'onwardTo',
  'onwardCard',
  'suite',
  'parties',
  'agreement',
  'inceptionKey',
  'signingKeys',
  'sealingKey',
  'levelNames',
]);

/** The fields of a kind's body, by the captions of the kind. */
export function BodyFields({ record }: { record: Pick<RecordView, 'kind' | 'body'> }) {
  const language = useLanguage();
  const order = Object.keys(kindWords[record.kind]?.captions ?? {});
  const fields = Object.entries(record.body)
    .filter(([field, value]) => value !== null && !technical.has(field))
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(([field, value]) => (
        <div key={field}>
          <dt>{fieldCaption(record.kind, field, language) ?? field}</dt>
          <dd>
            <FieldValue kind={record.kind} field={field} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Shown {
  readonly kind: string;
  readonly field: string;
  readonly value: unknown;
}

function FieldValue({ kind, field, value }: Shown) {
  const language = useLanguage();
  const text = useText(words);
  if (value === null || value === undefined) return <span>{text('none')}</span>;
  if (typeof value === 'boolean') return <span>{text(value ? 'yes' : 'no')}</span>;
  if (typeof value === 'number')
    return <span>{field === 'ceiling' ? text.of('level', String(value)) : number(value, language)}</span>;
  if (typeof value === 'string') {
    const caption = fieldCaption(kind, `${field}/${value}`, language);
    if (caption) return <span>{caption}</span>;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return <Day day={value} />;
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return <When at={value} exact />;
    return (
      <span dir="auto" className={styles.text}>
        {value}
      </span>
    );
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return <span>{text('none')}</span>;
    return (
      <ul>
        {value.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a signed record never changes its order
          <li key={place}>
            <FieldValue kind={kind} field={field} value={item} />
          </li>
        ))}
      </ul>
    );
  }
  return <Together kind={kind} value={value as Record<string, unknown>} />;
}

/** A small group, such as a result with its number, in one line. */
function Together({ kind, value }: { kind: string; value: Record<string, unknown> }) {
  const given = Object.entries(value).filter(([, part]) => part !== null);
  return (
    <span className={styles.together}>
      {given.map(([field, part]) => (
        <FieldValue key={field} kind={kind} field={field} value={part} />
      ))}
    </span>
  );
}

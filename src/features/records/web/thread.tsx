import { Link } from '@tanstack/react-router';
import { Prose } from '#src/web/design/prose.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { carriesInformation, showsFields } from '#src/web/record/information.ts';
import { fieldCaption, kindCaption } from '#src/web/record/kind-captions.ts';
import { shownTitle } from '#src/web/record/shown-title.ts';
import type { RecordView } from '../contract.ts';
import { recordsMessages } from './messages.ts';
import styles from './thread.module.css';

type ShownLink = RecordView['links'][number];

/** What it answers and what answers it, in the order of events. */
export function Thread({ record }: { record: RecordView }) {
  const text = useText(recordsMessages);
  const links = record.links
    // What is permitted, asked and corrected has its own place on the page of what it is about.
    .filter(({ record: linked }) => !carriesInformation(record) || showsFields(linked))
    .filter((link) => record.links.findIndex((one) => isSameWay(one, link)) === record.links.indexOf(link))
    .toSorted((one, other) => one.record.createdAt.localeCompare(other.record.createdAt));
  return (
    <section aria-label={text('thread')}>
      <h2 className={styles.title}>{text('thread')}</h2>
      {links.length === 0 && <p className={styles.soft}>{text('threadEmpty')}</p>}
      <ol className={styles.thread}>
        {links.map((link) => (
          <LinkedRecord key={`${link.direction} ${link.type} ${link.record.record}`} link={link} />
        ))}
      </ol>
    </section>
  );
}

/** A correction is about a record and supersedes it: one line says both. */
const isSameWay = (one: ShownLink, other: ShownLink) =>
  one.direction === other.direction && one.record.record === other.record.record;

function LinkedRecord({ link: { type, direction, record } }: { link: ShownLink }) {
  const text = useText(recordsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { title, language: titleLanguage } = shownTitle(record, language);
  const kind = kindCaption(record.kind, language);
  return (
    <li className={styles.linked}>
      <p className={styles.soft}>
        {text.of(`link.${direction}`, type)}
        {' · '}
        <ServiceName service={record.origin} />
        {' · '}
        <When at={record.createdAt} />
      </p>
      <p>
        <Link to="/records/$id" params={{ id: record.record }}>
          {kind}
          {record.says !== null && `${shared('colon')}${saying(record.kind, record.says, language)}`}
        </Link>
      </p>
      {title !== kind && (
        <Prose language={titleLanguage} className={`${styles.soft} same-side`}>
          {title}
        </Prose>
      )}
    </li>
  );
}

/** What the kind's telling field says, in the words of the kind. */
function saying(kind: string, says: string, language: 'ar' | 'fr' | 'en'): string {
  const field = kind === 'outcome' ? 'result' : 'decision';
  return says
    .split(/[,\s]+/)
    .map((one) => fieldCaption(kind, `${field}/${one}`, language) ?? one)
    .join(language === 'ar' ? '، ' : ', ');
}

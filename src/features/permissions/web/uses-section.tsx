import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { usesQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import { permissionsMessages } from './messages.ts';
import styles from './permissions.module.css';

/** ACC-08, ACC-09: the proceedings, publications and other purposes in which this service has used a record. */
export default function UsesSection({ record }: SectionProps) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { data: uses, error } = useQuery(usesQuery(record.record));
  if (error && !uses) return <ProblemNotice thrown={error} />;
  if (!uses || uses.length === 0) return null;
  return (
    <section aria-label={text('uses.title')} className={styles.section}>
      <h2>{text('uses.title')}</h2>
      <ul className={styles.rows}>
        {uses.map((use) => (
          <li key={`${use.at} ${use.reference}`} className={styles.row}>
            <p className={styles.headline}>
              <strong>{text.of('useDialog.kind', use.use)}</strong>
              <bdi>{use.reference}</bdi>
              {use.stage && (
                <span>{fieldCaption('correction-answer', `stage/${use.stage}`, language) ?? use.stage}</span>
              )}
              {use.purpose && <span>{shared.of('purpose', use.purpose)}</span>}
            </p>
            <p className={styles.soft}>
              <bdi>{use.officer}</bdi>
              {' · '}
              <When at={use.at} />
              {' · '}
              {use.permission ? (
                <Link to="/records/$id" params={{ id: use.permission }}>
                  {text('uses.restsOn')}
                </Link>
              ) : (
                text('uses.unbound')
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { permissionsQuery } from '#src/web/api/queries.ts';
import { nameOf } from '#src/web/design/service-name.tsx';
import { Day } from '#src/web/design/when.tsx';
import { list, number } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import { permissionsMessages } from './messages.ts';
import { useIsUs, usePermissionPhrase } from './permission-terms.tsx';
import styles from './permissions.module.css';

/** Within the handling box: what is allowed all the same, by a permission in force, and within which limits. */
export default function PermissionsInForce({ record }: SectionProps) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const phrase = usePermissionPhrase();
  const isUs = useIsUs();
  // The section of permissions says what went wrong if this cannot be asked.
  const { data: permissions } = useQuery(permissionsQuery(record.record));
  const inForce = (permissions ?? []).filter(({ state }) => state === 'in-force');
  if (inForce.length === 0) return null;
  return (
    <div>
      <h3>{text('inForce')}</h3>
      <ul className={styles.inForce}>
        {inForce.map((view) => (
          <li key={view.permission}>
            <span>
              {/* Another's permission is not ours to use, even where it is for giving us the record. */}
              {!isUs(view.grantee) && `${nameOf(view.grantee, language)}${shared('colon')}`}
              {phrase(view)}
              {view.validUntil && (
                <span className={styles.until}>
                  {text('validUntil')} <Day day={view.validUntil} />
                </span>
              )}
              {view.portions && (
                <span className={styles.until}>
                  {text('portions')}
                  {shared('colon')}
                  {list(
                    view.portions.map((index) => number(index + 1, language)),
                    language,
                  )}
                </span>
              )}
              {view.conditions && (
                <span className={styles.until}>
                  {text('conditions')}
                  {shared('colon')}
                  <bdi>{view.conditions}</bdi>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

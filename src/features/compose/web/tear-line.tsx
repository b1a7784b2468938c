import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import { isRefusalCode } from '#src/web/api/problem.ts';
import { RefusalLine } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { list } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { ReleasePreview } from '../contract.ts';
import { composeMessages } from './messages.ts';
import styles from './tear-line.module.css';

/** Under a portion that somebody's copy will not have: the tear, whom it concerns, and by which rule. */
export function TearLine({ index, previews }: { index: number; previews: readonly ReleasePreview[] }) {
  const text = useText(composeMessages);
  const language = useLanguage();
  const torn = previews.flatMap(({ recipient, withheld }) =>
    withheld.filter(({ portion }) => portion === index).map(({ code }) => ({ recipient, code })),
  );
  if (torn.length === 0) return null;
  const byCode = Map.groupBy(torn, ({ code }) => code);
  return (
    <div className={styles.tear}>
      {[...byCode].map(([code, concerned]) => (
        <p key={code}>
          <strong>
            {text('preview.tear', {
              services: list(
                concerned.map(({ recipient }) => nameOf(recipient, language)),
                language,
              ),
            })}
          </strong>{' '}
          <RefusalLine code={code} rule={isRefusalCode(code) ? ruleOfRefusal[code] : ''} />
        </p>
      ))}
    </div>
  );
}

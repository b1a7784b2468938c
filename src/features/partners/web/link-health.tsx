import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import { isRefusalCode } from '#src/web/api/problem.ts';
import { RefusalLine } from '#src/web/design/problem-notice.tsx';
import { When } from '#src/web/design/when.tsx';
import { duration, relativeInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import type { PartnerView } from '../contract.ts';
import styles from './link-health.module.css';
import { partnersMessages } from './messages.ts';

type Link = PartnerView['link'];

const isFailing = ({ lastFailureAt, lastContactAt }: Link) =>
  lastFailureAt !== null && (lastContactAt === null || lastFailureAt > lastContactAt);

/** How the link is, in one sentence. */
export function LinkState({ partner: { link } }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const language = useLanguage();
  const now = useNow();
  if (link.stoppedBy !== null) return <span className={styles.bad}>{text('link.stopped')}</span>;
  if (isFailing(link)) {
    const since = link.lastContactAt ?? link.lastFailureAt;
    return (
      <span className={styles.bad}>
        {text('link.failing', { when: since ? relativeInstant(since, now, language) : '' })}
      </span>
    );
  }
  return <span>{text(link.lastContactAt === null ? 'link.silent' : 'link.working')}</span>;
}

export function LinkHealth({ partner }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const language = useLanguage();
  const now = useNow();
  const { link } = partner;
  const relative = (at: string) => relativeInstant(at, now, language);
  return (
    <section aria-label={text('link.title')} className={styles.health}>
      <h2>{text('link.title')}</h2>
      <p>
        <LinkState partner={partner} />
        {link.lastContactAt && ` ${text('link.contact', { when: relative(link.lastContactAt) })}`}
        {isFailing(link) && link.nextAttemptAt && ` ${text('link.next', { when: relative(link.nextAttemptAt) })}`}
      </p>
      {link.clockAheadMs !== null && (
        <p className={styles.bad}>
          {text(link.clockAheadMs > 0 ? 'link.clockAhead' : 'link.clockBehind', {
            time: duration(Math.abs(link.clockAheadMs), language),
          })}
        </p>
      )}
      {link.waiting > 0 && <p>{text('link.waiting', { count: link.waiting })}</p>}
      {link.unreceipted > 0 && <p>{text('link.unreceipted', { count: link.unreceipted })}</p>}
      <p className={styles.soft}>
        {partner.url ? (
          <>
            {text('link.address')}
            {shared('colon')}
            <bdi dir="ltr">{partner.url}</bdi>
          </>
        ) : (
          text('link.noAddress')
        )}
        {' · '}
        {text('link.counters', { sent: link.sentThrough, received: link.receivedThrough })}
      </p>
      {link.refusals.length > 0 && (
        <>
          <h3>{text('link.refusals')}</h3>
          <ul className={styles.refusals}>
            {link.refusals.map(({ code, at }) => (
              <li key={`${at} ${code}`}>
                <RefusalLine code={code} rule={isRefusalCode(code) ? ruleOfRefusal[code] : ''} />{' '}
                <span className={styles.soft}>
                  <When at={at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { KeyTable } from './key-table.tsx';
import styles from './keys-page.module.css';
import { keysMessages } from './messages.ts';
import { partnerKeysQuery } from './queries.ts';

/** On a partner's page: its keys by its own statements, and what each is still good for. */
export default function PartnerKeys({ partner }: { partner: PartnerView }) {
  const text = useText(keysMessages);
  const { data, error, refetch } = useQuery(partnerKeysQuery(partner.service.id));
  if (error && !data) return <ProblemNotice thrown={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const current = data.keys.filter(({ state }) => state === 'current');
  const former = data.keys.filter(({ state }) => state !== 'current');
  return (
    <section aria-label={text('partner.title')} className={styles.section}>
      <h2>{text('partner.title')}</h2>
      <p className={styles.soft}>
        {text('statement', { version: data.version })} {text('partner.text')}
      </p>
      <KeyTable keys={current} label={text('partner.title')} />
      {former.length > 0 && (
        <details className={styles.former}>
          <summary>{text('partner.former', { count: former.length })}</summary>
          <KeyTable keys={former} label={text('partner.former', { count: former.length })} />
        </details>
      )}
    </section>
  );
}

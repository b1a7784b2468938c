import { useQuery } from '@tanstack/react-query';
import { holdersQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import styles from './corrections.module.css';
import { type HolderNode, holderTree } from './holder-tree.ts';
import { correctionsMessages } from './messages.ts';

/** REL-3: who holds a copy, as a tree from the origin, each with how it is known. */
export default function HoldersSection({ record }: SectionProps) {
  const text = useText(correctionsMessages);
  const { data: holders, error } = useQuery(holdersQuery(record.record));
  if (error && !holders) return <ProblemNotice thrown={error} />;
  if (!holders || holders.length === 0) return null;
  return (
    <section aria-label={text('holders.title')} className={styles.section}>
      <h2>{text('holders.title')}</h2>
      <div className={styles.tree}>
        <p>{text('holders.us')}</p>
        <Branch nodes={holderTree(holders)} revision={record.ours ? record.revision : 0} />
      </div>
    </section>
  );
}

/** `revision`: the present one at its origin, which alone learns who has it; 0 at a relay, which letters pass by sealed. */
function Branch({ nodes, revision }: { nodes: readonly HolderNode[]; revision: number }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.service.id}>
          <Holder node={node} revision={revision} />
          {node.below.length > 0 && <Branch nodes={node.below} revision={revision} />}
        </li>
      ))}
    </ul>
  );
}

function Holder({ node: { service, holder }, revision }: { node: HolderNode; revision: number }) {
  const text = useText(correctionsMessages);
  const language = useLanguage();
  const state = holder?.state ?? 'unknown';
  return (
    <div className={styles.holder}>
      <p className={styles.headline}>
        <strong>
          <ServiceName service={service} />
        </strong>
        <span className={styles.state} data-state={state}>
          {holder ? text(`holders.state.${holder.state}`) : text('holders.unknown')}
        </span>
        {holder && (
          <span className={styles.soft}>
            <When at={holder.confirmedAt ?? holder.since} />
          </span>
        )}
        {holder && holder.portionsWithheld > 0 && (
          <span className={styles.soft}>{text('holders.withheld', { count: holder.portionsWithheld })}</span>
        )}
      </p>
      {holder && holder.revision < revision && (
        <p className={styles.wait}>{text('holders.older', { number: holder.revision })}</p>
      )}
      {holder?.vouchedBy && (
        <p className={styles.soft}>{text('holders.vouched', { service: nameOf(holder.vouchedBy, language) })}</p>
      )}
    </div>
  );
}

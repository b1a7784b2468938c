import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';

/** COR-3: nobody takes a withdrawn record for one that may be acted on. */
export default function QuarantineNotice({ record }: SectionProps) {
  const text = useText(correctionsMessages);
  const service = nameOf(record.origin, useLanguage());
  const { status } = record;
  if (status !== 'withdrawn' && status !== 'erased') return null;
  const title = record.ours ? text(`quarantine.own.${status}`) : text(`quarantine.${status}`, { service });
  return (
    <section className={styles.notice} data-tone="danger" aria-label={title}>
      <h2>{title}</h2>
      <p>{text(record.ours ? 'quarantine.ownMeans' : 'quarantine.means')}</p>
    </section>
  );
}

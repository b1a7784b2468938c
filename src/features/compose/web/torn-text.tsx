import type { RecordView } from '#src/features/records/contract.ts';
import { MarkingLine } from '#src/web/design/marking.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { number } from '#src/web/i18n/format.ts';
import { useLanguage } from '#src/web/i18n/use-text.ts';
import type { ReleasePreview } from '../contract.ts';
import styles from './release-dialog.module.css';
import { TearLine } from './tear-line.tsx';

/** The text as its recipients would see it: struck where nobody would, torn with the reason where some would not. */
export function TornText({
  record,
  previews,
}: {
  record: Pick<RecordView, 'portions' | 'language'>;
  previews: readonly ReleasePreview[];
}) {
  const language = useLanguage();
  const receiving = previews.filter(({ refusal }) => refusal === null);
  return (
    <ol className={styles.text}>
      {record.portions.map((portion) => (
        <li key={portion.index} data-seen={receiving.some(({ portions }) => portions.includes(portion.index))}>
          <p className={styles.margin}>
            <span>{number(portion.index + 1, language)}</span> <MarkingLine marking={portion.marking} />
          </p>
          <Prose language={record.language} className={styles.portion}>
            {portion.text}
          </Prose>
          <TearLine index={portion.index} previews={receiving} />
        </li>
      ))}
    </ol>
  );
}

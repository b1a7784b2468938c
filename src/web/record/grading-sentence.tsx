import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './grading-sentence.module.css';
import { recordWords } from './messages.ts';

/** The Admiralty code and what it means: how reliable the source, how credible the information. */
export function GradingSentence({ grading }: { grading: { source: string; information: string } | null }) {
  const text = useText(recordWords);
  const shared = useText(words);
  if (!grading) return <span>{text('grading.none')}</span>;
  return (
    <span>
      <bdi dir="ltr" className={styles.code}>
        {grading.source}
        {grading.information}
      </bdi>{' '}
      {text('grading.sentence', {
        source: shared.of('source', grading.source),
        information: shared.of('information', grading.information),
      })}
    </span>
  );
}

import type { ReactNode } from 'react';
import { When } from '../design/when.tsx';
import { useText } from '../i18n/use-text.ts';
import { recordWords } from './messages.ts';
import styles from './steps.module.css';

export interface Step {
  readonly key: string;
  readonly word: string;
  /** When it happened; null: not yet. */
  readonly at: string | null;
  readonly detail?: ReactNode;
}

/** How far something is: its steps on one line, filled as far as they happened, each with its time. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const text = useText(recordWords);
  return (
    <ol className={styles.steps}>
      {steps.map(({ key, word, at, detail }) => (
        <li key={key} data-done={at !== null}>
          <span className={styles.word}>{word}</span>
          <span className={styles.soft}>{at ? <When at={at} /> : text('board.notYet')}</span>
          {detail}
        </li>
      ))}
    </ol>
  );
}

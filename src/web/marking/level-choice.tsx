import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { MarkingInput } from '#src/features/contract.ts';
import { meQuery } from '../api/queries.ts';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './level-choice.module.css';

type Level = MarkingInput['level'];
const levels: readonly Level[] = [0, 1, 2, 3, 4];

/** The classifications from a floor up to the author's own clearance, each as its word in its colour. */
export function LevelChoice({
  label,
  value,
  from = 0,
  onChange,
}: {
  label: string;
  value: Level;
  from?: number;
  onChange: (level: Level) => void;
}) {
  const name = useId();
  const text = useText(words);
  const { data: me } = useQuery(meQuery);
  const offered = levels.filter((level) => level >= from && (level <= (me?.clearance ?? 0) || level === value));
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.row}>
        {offered.map((level) => (
          <label key={level} data-level={level} className={styles.option}>
            <input type="radio" name={name} value={level} checked={level === value} onChange={() => onChange(level)} />
            <span className={styles.word}>{text.of('level', String(level))}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

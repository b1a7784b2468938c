import { recordLimits } from '#src/protocol/record/record.ts';
import { MarkingLine } from '#src/web/design/marking.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { directionOf } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';
import type { RevisedPortion } from './revision-draft.ts';

/** One portion under correction: its text and nature may change, its marking stays; a dropped one can be brought back. */
export function RevisedPortionFields({
  portion,
  language,
  onChange,
}: {
  portion: RevisedPortion;
  language: string;
  onChange: (part: Partial<RevisedPortion>) => void;
}) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const { was } = portion;
  const name = was ? text('correct.portion', { number: was.index + 1 }) : text('correct.added');
  if (portion.dropped) {
    return (
      <li className={styles.dropped}>
        <Prose language={language}>{was?.text ?? portion.text}</Prose>
        <button type="button" className={styles.more} onClick={() => onChange({ dropped: false })}>
          {text('correct.restore')}
          <span className="visually-hidden"> {name}</span>
        </button>
      </li>
    );
  }
  return (
    <li className={styles.portion}>
      <p className={styles.portionHead}>
        <span>{name}</span>
        {was && <MarkingLine marking={was.marking} />}
      </p>
      <textarea
        id={`revised-${portion.key}`}
        className={styles.portionText}
        aria-label={name}
        value={portion.text}
        onChange={(event) => onChange({ text: event.target.value })}
        lang={language}
        dir={directionOf(language)}
        maxLength={recordLimits.portionCharactersMax}
        rows={2}
      />
      <div className={styles.portionTools}>
        <Segments
          label={text('correct.nature')}
          hideLabel
          value={portion.nature}
          onChange={(nature) => onChange({ nature })}
          options={(['fact', 'assessment'] as const).map((value) => ({ value, label: shared(`nature.${value}`) }))}
        />
        <button
          type="button"
          className={styles.more}
          aria-label={was ? text('correct.drop', { number: was.index + 1 }) : undefined}
          onClick={() => onChange({ dropped: true })}
        >
          {shared('remove')}
        </button>
      </div>
    </li>
  );
}

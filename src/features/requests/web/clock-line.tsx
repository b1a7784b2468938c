import { fullInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import styles from './clock-line.module.css';
import { clockSentence, type Timed } from './clock-words.ts';
import { requestsMessages } from './messages.ts';

/** A clock in words, the exact deadline on hover. */
export function ClockLine({ line }: { line: Timed }) {
  const text = useText(requestsMessages);
  const language = useLanguage();
  const now = useNow();
  const { says, tone } = clockSentence(line, now, language, text);
  return (
    <time
      dateTime={line.clock.dueAt}
      title={fullInstant(line.clock.dueAt, language)}
      className={styles.clock}
      data-tone={tone}
    >
      {says}
    </time>
  );
}

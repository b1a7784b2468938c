import { fullInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import styles from './clock-line.module.css';
import { type Clock, clockSentence } from './clock-words.ts';
import { requestsMessages } from './messages.ts';

/** A clock in words, the exact deadline on hover. */
export function ClockLine({ clock }: { clock: Clock }) {
  const text = useText(requestsMessages);
  const language = useLanguage();
  const now = useNow();
  const { says, tone } = clockSentence(clock, now, language, text);
  return (
    <time dateTime={clock.dueAt} title={fullInstant(clock.dueAt, language)} className={styles.clock} data-tone={tone}>
      {says}
    </time>
  );
}

import { fullInstant, longDay, relativeInstant, shortInstant } from '../i18n/format.ts';
import { useLanguage } from '../i18n/use-text.ts';
import { useNow } from '../now.tsx';

/** A moment, relative to the node's time, with the full date on hover and on paper; `exact` for tables of record. */
export function When({ at, exact = false }: { at: string; exact?: boolean }) {
  const language = useLanguage();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={fullInstant(at, language)}
      data-on-paper={exact ? undefined : shortInstant(at, language)}
    >
      {exact ? shortInstant(at, language) : relativeInstant(at, now, language)}
    </time>
  );
}

/** A calendar day, `YYYY-MM-DD`. */
export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{longDay(day, useLanguage())}</time>;
}

import { useId, useMemo, useState } from 'react';
import { localeOf } from '../i18n/languages.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './day-field.module.css';
import { dayOf } from './day-of.ts';

/**
 * A day in three plain fields, its month by name in the reader's language: the browser's own date field speaks the
 * language of the browser, not of the page. Tells `null` while what is typed is no day.
 */
export function DayField({
  label,
  value,
  onChange,
  description,
  error,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
  description?: string;
  error?: string | undefined;
}) {
  const id = useId();
  const text = useText(words);
  const language = useLanguage();
  const [typed, setTyped] = useState({ year: '', month: '', day: '', for: null as string | null });
  // A value from outside (a draft, a quick choice) replaces what was typed; our own echo does not.
  const parts =
    value !== null && value !== typed.for
      ? { year: value.slice(0, 4), month: String(Number(value.slice(5, 7))), day: String(Number(value.slice(8, 10))) }
      : typed;
  const months = useMemo(() => {
    const format = new Intl.DateTimeFormat(localeOf[language], { month: 'long', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2026, month, 1))));
  }, [language]);
  const change = (part: Partial<typeof parts>) => {
    const next = { year: parts.year, month: parts.month, day: parts.day, ...part };
    const day = dayOf(next.year, next.month, next.day);
    setTyped({ ...next, for: day });
    onChange(day);
  };
  return (
    <fieldset className={styles.field} aria-describedby={description || error ? `${id}-more` : undefined}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.parts}>
        <input
          className={styles.day}
          inputMode="numeric"
          maxLength={2}
          aria-label={`${label}: ${text('date.day')}`}
          aria-invalid={error ? true : undefined}
          value={parts.day}
          onChange={(event) => change({ day: event.target.value.trim() })}
        />
        <select
          aria-label={`${label}: ${text('date.month')}`}
          aria-invalid={error ? true : undefined}
          value={parts.month}
          onChange={(event) => change({ month: event.target.value })}
        >
          <option value="">{text('date.month')}</option>
          {months.map((name, month) => (
            <option key={name} value={String(month + 1)}>
              {name}
            </option>
          ))}
        </select>
        <input
          className={styles.year}
          inputMode="numeric"
          maxLength={4}
          aria-label={`${label}: ${text('date.year')}`}
          aria-invalid={error ? true : undefined}
          value={parts.year}
          onChange={(event) => change({ year: event.target.value.trim() })}
        />
      </div>
      {(description || error) && (
        <p id={`${id}-more`} className={error ? styles.error : styles.description}>
          {error ?? description}
        </p>
      )}
    </fieldset>
  );
}

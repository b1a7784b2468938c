import type { RequestUrgency } from '#src/kinds/request/words.ts';

const hourMs = 3_600_000;

/** Directive (EU) 2023/977 Art. 5(1): eight hours, three days, seven days; in ms from the asking. */
export const usualTermMs: { readonly [U in RequestUrgency]: number } = {
  immediate: 8 * hourMs,
  urgent: 3 * 24 * hourMs,
  routine: 7 * 24 * hourMs,
};

/** A deadline as it is typed: a calendar day, and hours and minutes of the officer's own clock. */
export interface Deadline {
  /** `YYYY-MM-DD`; null while what is typed is no day. */
  readonly day: string | null;
  /** `HH:MM`, as typed. */
  readonly time: string;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** The usual deadline, in the time zone of this machine, to the minute. */
export function usualDeadline(urgency: RequestUrgency, nowMs: number): Deadline {
  const at = new Date(nowMs + usualTermMs[urgency]);
  return {
    day: `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`,
    time: `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`,
  };
}

/** Arabic-Indic and Persian digits count as Latin ones. */
const latinDigits = (typed: string): string =>
  typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** RFC 3339 in UTC, to the second; null where day or time is none. A bare `8` is eight o'clock. */
export function instantOf({ day, time }: Deadline): string | null {
  const [, hours, minutes = '0'] = /^(\d{1,2})(?:[:.hH]?(\d{2}))?$/.exec(latinDigits(time).trim()) ?? [];
  if (day === null || hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, Number(hours), Number(minutes)).toISOString().replace('.000Z', 'Z');
}

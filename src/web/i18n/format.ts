import type { Language } from '#src/protocol/primitives.ts';
import { localeOf } from './languages.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `2026-11-24T10:04:00Z` as “24 November 2026 at 10:04 UTC+1”, in the reader's time zone, which is named. */
export function fullInstant(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** `2026-11-24T10:04:00Z` as “24 Nov 2026, 10:04 UTC+1”. */
export function shortInstant(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** A calendar day, `2026-11-24`, which has no time zone. */
export function longDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** “5 minutes ago”, “yesterday”, “12 March”: relative while that helps, then the day, with its year when not this one. */
export function relativeInstant(instant: string, nowMs: number, language: Language): string {
  const at = new Date(instant);
  const pastMs = nowMs - at.getTime();
  const relative = new Intl.RelativeTimeFormat(localeOf[language], { numeric: 'auto' });
  const sign = pastMs < 0 ? 1 : -1;
  const distanceMs = Math.abs(pastMs);
  if (distanceMs < minuteMs) return relative.format(0, 'second');
  if (distanceMs < hourMs) return relative.format(sign * Math.floor(distanceMs / minuteMs), 'minute');
  if (distanceMs < dayMs) return relative.format(sign * Math.floor(distanceMs / hourMs), 'hour');
  if (distanceMs < 7 * dayMs) return relative.format(sign * Math.floor(distanceMs / dayMs), 'day');
  const sameYear = at.getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(localeOf[language], {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** “3 days”, “5 hours”, “40 minutes”: whole units, the largest of which at least two have passed. */
export function duration(ms: number, language: Language): string {
  const [unit, size] =
    ms >= 2 * dayMs
      ? (['day', dayMs] as const)
      : ms >= 2 * hourMs
        ? (['hour', hourMs] as const)
        : (['minute', minuteMs] as const);
  return new Intl.NumberFormat(localeOf[language], { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(0, Math.floor(ms / size)),
  );
}

export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(localeOf[language]).format(value);
}

/** “Atlas, Meridian and Sahara”. */
export function list(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(localeOf[language], { type: 'conjunction' }).format(items);
}

/** `YYYY-MM-DD` of an instant moved by whole months, for a date that is proposed (a review, the end of an agreement). */
export function dayAfter(nowMs: number, months: number): string {
  const date = new Date(nowMs);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return target.toISOString().slice(0, 10);
}

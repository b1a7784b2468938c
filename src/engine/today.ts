import type { CalendarDate, UnixMs } from '#src/protocol/primitives.ts';

/** The calendar day of an instant, in UTC: the same on both sides of a link. */
export function dayOf(at: UnixMs): CalendarDate {
  return new Date(at).toISOString().slice(0, 10);
}

export function daysAfter(day: CalendarDate, days: number): CalendarDate {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

import type { CalendarDate, UnixSeconds } from './primitives.ts';

const datePattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * ADM-2: the days and instants that may stand in a record or a message. What is reckoned from one of them, a review in three
 * years or a deadline moved by a pause, then still has a date that every library and database knows.
 */
export const dateLimits = {
  firstDay: '1900-01-01',
  lastDay: '2199-12-31',
  /** Seconds since 1970: the end of the last day. */
  lastSecond: 7_258_118_399,
} as const;

/** Whether it names a day of the Gregorian calendar within the limits, `YYYY-MM-DD`. */
export function isCalendarDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !datePattern.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const days = month === 2 && isLeap(year) ? 29 : daysInMonth[month - 1];
  const isDay = days !== undefined && day >= 1 && day <= days;
  return isDay && text >= dateLimits.firstDay && text <= dateLimits.lastDay;
}

/** The UTC day of an instant from 1970 on. */
export function calendarDateOf(at: UnixSeconds): CalendarDate {
  let days = Math.floor(at / 86_400);
  let year = 1970;
  for (; days >= (isLeap(year) ? 366 : 365); year++) days -= isLeap(year) ? 366 : 365;
  let month = 0;
  for (; days >= monthLength(year, month); month++) days -= monthLength(year, month);
  return date(year, month + 1, days + 1);
}

/** The same day so many years later; 29 February becomes the 28th where there is none. */
export function yearsAfter(from: CalendarDate, years: number): CalendarDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  return date(year + years, month, Math.min(day, monthLength(year + years, month - 1)));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
function monthLength(year: number, month: number): number {
  return month === 1 && isLeap(year) ? 29 : (daysInMonth[month] as number);
}
function date(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

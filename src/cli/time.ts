import type { Say } from './messages.ts';

/** An instant in the machine's own time zone, named, to the minute; Latin digits, as in the Maghreb. A dash where there is none. */
export function moment(instant: string | null, say: Say): string {
  if (instant === null) return '—';
  const format = new Intl.DateTimeFormat(`${say.language}-u-nu-latn`, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return format.format(new Date(instant));
}

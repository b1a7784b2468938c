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

/** “3 days”, “5 hours”, “40 minutes”: whole units, the largest of which at least two have passed. */
export function spell(ms: number, say: Say): string {
  const minutes = Math.floor(ms / 60_000);
  const [value, unit] =
    minutes >= 2_880
      ? ([Math.floor(minutes / 1_440), 'day'] as const)
      : minutes >= 120
        ? ([Math.floor(minutes / 60), 'hour'] as const)
        : ([minutes, 'minute'] as const);
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(`${say.language}-u-nu-latn`, format).format(value);
}

const pad = (value: string, width: number) => value.padStart(width, '0');

/** `YYYY-MM-DD` of three typed parts, or null while they are no day of the calendar. */
export function dayOf(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const written = `${year}-${pad(month, 2)}-${pad(day, 2)}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
}

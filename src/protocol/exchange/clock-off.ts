/** EXC-6: the HTTP field in which both sides of an exchange say their time. */
import { isUnixMs } from './forms.ts';

/** In milliseconds since 1970, decimal. */
export const timeField = 'tansiq-time';

/** Clocks further apart than this, either way, are a matter for both operators. */
export const clockOffMsMin = 5 * 60_000;

/** What the field says; null where it says nothing that could be a time. */
export function readTimeField(value: unknown): number | null {
  if (typeof value !== 'string' || !/^[0-9]{1,13}$/.test(value)) return null;
  const time = Number(value);
  return isUnixMs(time) ? time : null;
}

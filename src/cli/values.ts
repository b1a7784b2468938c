/** Reads option values; what does not fit becomes a `UsageError` that names the option and what it takes. */
import { isIP } from 'node:net';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import { type Level, levels } from '#src/protocol/marking/marking.ts';
import { UsageError } from './command.ts';
import { asciiDigits } from './digits.ts';
import type { Say } from './messages.ts';

export function required(option: string, value: string | undefined, say: Say): string {
  if (value === undefined || value === '') throw new UsageError(say('usage.required', { option: `--${option}` }));
  return value;
}

export function oneOf<const V extends string>(option: string, value: string, allowed: readonly V[], say: Say): V {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(say('usage.one-of', { option: `--${option}`, values: allowed.join(', ') }));
  }
  return found;
}

/** `a,b,c`, also with the comma of Arabic; absent or empty is the empty list. */
export function listed(value: string | undefined): string[] {
  return (value ?? '')
    .split(/[,،]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Addresses and networks: `10.0.0.5,fd00::/8`. */
export function networks(option: string, value: string | undefined, say: Say): string[] {
  const given = listed(value);
  const wrong = given.find((one) => {
    const [address = '', bits = '0', ...rest] = one.split('/');
    return (
      isIP(address) === 0 ||
      rest.length > 0 ||
      !(Number(bits) <= (isIP(address) === 4 ? 32 : 128)) ||
      !/^\d+$/.test(bits)
    );
  });
  if (wrong !== undefined) throw new UsageError(say('usage.networks', { option: `--${option}` }));
  return given;
}

export function wholeNumber(option: string, value: string, range: readonly [number, number], say: Say): number {
  const digits = asciiDigits(value);
  const number = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(number >= range[0] && number <= range[1])) {
    throw new UsageError(say('usage.number', { option: `--${option}`, from: range[0], to: range[1] }));
  }
  return number;
}

/** A classification level, 0 to 4. */
export function level(option: string, value: string, say: Say): Level {
  const found = levels.find((one) => String(one) === asciiDigits(value));
  if (found === undefined) throw new UsageError(say('usage.number', { option: `--${option}`, from: 0, to: 4 }));
  return found;
}

export function day(option: string, value: string, say: Say): string {
  const date = asciiDigits(value);
  if (!isCalendarDate(date)) throw new UsageError(say('usage.day', { option: `--${option}` }));
  return date;
}

/** `1,3-5` → 1, 3, 4, 5. */
export function portionNumbers(option: string, value: string | undefined, count: number, say: Say): Set<number> {
  const numbers = new Set<number>();
  for (const part of listed(value)) {
    const [, first, last] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(asciiDigits(part)) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (!(from >= 1 && from <= to && to <= count)) {
      throw new UsageError(say('usage.portions', { option: `--${option}`, count }));
    }
    for (let number = from; number <= to; number++) numbers.add(number);
  }
  return numbers;
}

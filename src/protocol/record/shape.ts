// Hand-written checks of decoded JSON. They run on every record that arrives, and the core has no dependencies.
import type { Json } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isVisible, unfitAt } from '../text.ts';

export type JsonObject = { readonly [key: string]: Json };

/** SHA-256 in canonical base64url: 43 characters, of which the last carries four bits. */
const digestPattern = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && digestPattern.test(value);
}

/** Text of `1` to `charactersMax` UTF-16 code units. */
export function isText(value: unknown, charactersMax: number): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= charactersMax;
}

export function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

export function isOneOf<V extends string | number>(value: unknown, values: readonly V[]): value is V {
  return (values as readonly unknown[]).includes(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** An object with all the required keys, perhaps optional ones, and nothing else. */
export function isClosed(
  value: Json | undefined,
  required: readonly string[],
  optional: readonly string[] = [],
): value is JsonObject {
  if (typeof value !== 'object' || value === null || isArray(value)) return false;
  const keys = Object.keys(value);
  return (
    keys.length <= required.length + optional.length &&
    required.every((key) => Object.hasOwn(value, key)) &&
    keys.every((key) => required.includes(key) || optional.includes(key))
  );
}

/** Sorted by UTF-16 code units, no two alike. */
export function isAscending(values: readonly string[]): boolean {
  return values.every((value, i) => i === 0 || (values[i - 1] as string) < value);
}

/**
 * Why a value cannot stand in a record, or null: a text that is not what it seems (TXT-1 to TXT-3), a number that is not
 * finite, a key that RFC 9901 reads as a mechanism of its own.
 */
export function unfitIn(value: Json, at: string): Refusal | null {
  // Whether there may be nothing at all, the form of each field says.
  if (typeof value === 'string') return value === '' ? null : unfitText(value, at);
  if (typeof value === 'number') return Number.isFinite(value) ? null : refuse('record-malformed', { at });
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (reservedKeys.includes(key) || unfitAt(key, 'line') !== null) return refuse('record-malformed', { at });
    // A name that looks like content is not repeated.
    const unfit = unfitIn(inner, /^[\w-]{1,43}$/.test(key) ? `${at}/${key}` : at);
    if (unfit !== null) return unfit;
  }
  return null;
}
const reservedKeys = ['_sd', '...', '_sd_alg'];

export function unfitText(text: string, at: string, of?: 'line'): Refusal | null {
  const unfit = unfitAt(text, of);
  if (unfit !== null) return refuse('text-unfit', { at, limit: unfit + 1 });
  return isVisible(text) ? null : refuse('text-blank', { at });
}

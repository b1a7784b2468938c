// Hand-written checks of decoded JSON. They run on every record that arrives, and the core has no dependencies.
import { isWellFormed } from '../encoding.ts';
import type { Json } from '../primitives.ts';

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
 * Whether a value can stand in a record at all: no U+0000, which databases cannot store, no lone surrogate, no number
 * that is not finite, and no key that RFC 9901 reads as a mechanism of its own.
 */
export function isPlain(value: Json): boolean {
  if (typeof value === 'string') return isPlainText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' || value === null;
  if (isArray(value)) return value.every(isPlain);
  return Object.entries(value).every(
    ([key, inner]) => !reservedKeys.includes(key) && isPlainText(key) && isPlain(inner),
  );
}
const reservedKeys = ['_sd', '...', '_sd_alg'];

export function isPlainText(text: string): boolean {
  return !text.includes('\0') && isWellFormed(text);
}

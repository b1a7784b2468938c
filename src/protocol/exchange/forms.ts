import { dateLimits } from '../calendar.ts';
import { ascii, base64url } from '../encoding.ts';
import type { Json, Primitives } from '../primitives.ts';

/** The object forms that every part of the exchange reads from strangers. */
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these fields, no fewer and no more: the wire format is closed. */
export function hasExactly(value: Json | undefined, fields: readonly string[]): value is JsonObject {
  return (
    isObject(value) &&
    Object.keys(value).length === fields.length &&
    fields.every((field) => Object.hasOwn(value, field))
  );
}

/** 32 bytes in canonical base64url: the last of 43 characters carries four bits, so its low two are zero. */
export function isHash(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(value);
}

/** 0, 1, 2 … up to PostgreSQL's integer: a larger one could be signed, but not be stored. */
export function isCount(value: Json | undefined): value is number {
  return isWholeUpTo(value, 2_147_483_647);
}

/** 1, 2, 3 … up to the same. */
export function isSequence(value: Json | undefined): value is number {
  return isCount(value) && value > 0;
}

/** Milliseconds since 1970, until the end of the last day that there may be (ADM-2). */
export function isUnixMs(value: Json | undefined): value is number {
  return isWholeUpTo(value, unixMsMax);
}

export const unixMsMax = dateLimits.lastSecond * 1_000 + 999;

function isWholeUpTo(value: Json | undefined, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
}

/** SHA-256 of ASCII text, base64url: a batch's hash (of its signed header), an envelope's binding. */
export function textHash(text: string, primitives: Primitives): string {
  return base64url(primitives.sha256(ascii(text)));
}

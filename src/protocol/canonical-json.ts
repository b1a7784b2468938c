import { fromUtf8, isWellFormed } from './encoding.ts';
import type { Json } from './primitives.ts';

/**
 * RFC 8785 (JCS): the one text of a JSON value, which is what we sign and hash. Throws TypeError for what has no
 * canonical form: a number that is not finite, a lone surrogate, `undefined`.
 */
export function canonicalJson(value: Json): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no canonical JSON');
      // ECMAScript's number to string is the one that JCS prescribes; it writes -0 as 0.
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError('not a JSON value');
  }
}

/** `Array.isArray` does not narrow read-only arrays. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function canonicalString(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('a lone surrogate has no canonical JSON');
  // The escapes of JSON.stringify are those of JCS.
  return JSON.stringify(text);
}

function canonicalArray(values: readonly Json[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + canonicalJson(values[i] as Json);
  return `${text}]`;
}

function canonicalObject(value: { readonly [key: string]: Json }): string {
  // The default sort compares UTF-16 code units, as JCS demands.
  const keys = Object.keys(value).sort();
  let text = '{';
  let separator = '';
  for (const key of keys) {
    text += `${separator + canonicalString(key)}:${canonicalJson(value[key] as Json)}`;
    separator = ',';
  }
  return `${text}}`;
}

export interface JsonLimits {
  /** Arrays and objects within each other. */
  readonly depthMax: number;
  readonly bytesMax: number;
}

/**
 * Reads JSON that is exactly canonical, so no duplicate key and no second reading survives. Size and depth are checked
 * on the bytes, before anything is built from them. Never throws.
 */
export function parseCanonicalJson(
  bytes: Uint8Array,
  limits: JsonLimits,
): Json | 'malformed' | 'too-deep' | 'too-large' {
  if (bytes.length > limits.bytesMax) return 'too-large';
  if (isDeeper(bytes, limits.depthMax)) return 'too-deep';
  const text = fromUtf8(bytes);
  if (text === null) return 'malformed';
  try {
    const value = JSON.parse(text) as Json;
    // A bare string could be mistaken for our own answers; nothing that we sign or hash is one.
    if (typeof value === 'string') return 'malformed';
    return isCanonical(value, text) ? value : 'malformed';
  } catch {
    return 'malformed';
  }
}

/** Whether `text`, of which `value` was parsed, is its canonical one. */
function isCanonical(value: Json, text: string): boolean {
  // The writer of the platform is several times as fast, and differs in two things: the order of keys, and lone surrogates.
  if (hasSortedKeys(value) && !text.includes('\\ud') && JSON.stringify(value) === text) return true;
  return canonicalJson(value) === text;
}

function hasSortedKeys(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (isArray(value)) return value.every(hasSortedKeys);
  let before = '';
  for (const key of Object.keys(value)) {
    if (key < before) return false;
    before = key;
    if (!hasSortedKeys(value[key] as Json)) return false;
  }
  return true;
}

/** Counts brackets outside strings. Exact for JSON; for anything else the parser says no afterwards. */
function isDeeper(bytes: Uint8Array, depthMax: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > depthMax) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

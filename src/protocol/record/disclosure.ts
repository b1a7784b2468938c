import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { ascii, base64url, fromBase64url, utf8 } from '../encoding.ts';
import type { Json, Primitives } from '../primitives.ts';
import { recordLimits } from './record.ts';
import { isArray } from './shape.ts';

/** 128 bits, RFC 9901 section 9.3. */
export const saltBytes = 16;
const saltPattern = /^[A-Za-z0-9_-]{22,64}$/;

/** One disclosure, RFC 9901 section 4.2. `name` is null for an element of an array: a portion. */
export interface Disclosure {
  readonly name: string | null;
  readonly value: Json;
}

/** base64url of `[salt, name, value]` or `[salt, value]` in canonical JSON. */
export function encodeDisclosure(salt: Uint8Array, { name, value }: Disclosure): string {
  return base64url(utf8(canonicalJson(name === null ? [base64url(salt), value] : [base64url(salt), name, value])));
}

/** RFC 9901 section 4.2.3: over the ASCII of the encoded disclosure, not over what it decodes to. */
export function digestOf(encoded: string, primitives: Primitives): string {
  return base64url(primitives.sha256(ascii(encoded)));
}

/** Reads a disclosure in our canonical form, with a salt of at least 128 bits. Never throws. */
export function decodeDisclosure(encoded: string): Disclosure | 'malformed' | 'too-deep' {
  const bytes = fromBase64url(encoded);
  if (bytes === null) return 'malformed';
  const parts = parseCanonicalJson(bytes, { depthMax: recordLimits.depthMax, bytesMax: recordLimits.bytesMax });
  if (parts === 'too-deep') return 'too-deep';
  if (!isArray(parts) || typeof parts[0] !== 'string' || !saltPattern.test(parts[0])) return 'malformed';
  if (parts.length === 2) return { name: null, value: parts[1] as Json };
  if (parts.length !== 3 || typeof parts[1] !== 'string') return 'malformed';
  return { name: parts[1], value: parts[2] as Json };
}

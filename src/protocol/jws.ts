import { ascii, base64url, fromBase64url, fromUtf8, utf8 } from './encoding.ts';
import type { KeyId, Primitives } from './primitives.ts';
import { isSoundPoint } from './sound-point.ts';

// RFC 7515 compact form with one header only. RFC 9864 names the algorithm `Ed25519`.
const headerStart = '{"alg":"Ed25519","kid":"';
const headerMiddle = '","typ":"';
const headerEnd = '"}';
const keyIdPattern = /^[A-Za-z0-9_-]{43}$/;

/** What Ed25519 signs: ASCII of header, dot, payload. `payloadJson` is canonical JSON. */
export function jwsSigningInput(typ: string, kid: KeyId, payloadJson: string): Uint8Array {
  return ascii(
    `${base64url(ascii(headerStart + kid + headerMiddle + typ + headerEnd))}.${base64url(utf8(payloadJson))}`,
  );
}

export function jwsCompact(signingInput: Uint8Array, signature: Uint8Array): string {
  return `${fromUtf8(signingInput)}.${base64url(signature)}`;
}

/** Which key a signing input of our own names: the one that has to sign it. */
export function keyNamedIn(signingInput: Uint8Array): KeyId {
  const text = fromUtf8(signingInput) ?? '';
  const header = fromUtf8(fromBase64url(text.slice(0, text.indexOf('.'))) ?? new Uint8Array(0)) ?? '';
  return header.slice(headerStart.length, headerStart.length + 43);
}

export interface SplitJws {
  readonly kid: KeyId;
  readonly payload: Uint8Array;
  /** ASCII of the whole JWS; the signature covers `signed`, its part before the second dot. */
  readonly bytes: Uint8Array;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Takes a JWS apart without believing any of it. The header is compared with its one allowed form, never parsed, so no
 * algorithm, key or extension can be asked for by whoever wrote it.
 */
export function splitJws(compact: string, typ: string): SplitJws | 'malformed' {
  const first = compact.indexOf('.');
  const second = compact.indexOf('.', first + 1);
  if (first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) return 'malformed';

  const kid = keyIdInHeader(compact.slice(0, first), typ);
  const payload = fromBase64url(compact.slice(first + 1, second));
  const signature = fromBase64url(compact.slice(second + 1));
  if (kid === null || payload === null || signature === null || signature.length !== 64) return 'malformed';

  const bytes = ascii(compact);
  return { kid, payload, bytes, signed: bytes.subarray(0, second), signature };
}

function keyIdInHeader(encoded: string, typ: string): KeyId | null {
  const bytes = fromBase64url(encoded);
  const header = bytes === null ? null : fromUtf8(bytes);
  if (header === null) return null;
  const kid = header.slice(headerStart.length, headerStart.length + 43);
  return keyIdPattern.test(kid) && header === headerStart + kid + headerMiddle + typ + headerEnd ? kid : null;
}

/** Whether the signature is this key's, and both are of the form that commits their owner. */
export function isSignedBy(
  { signed, signature }: Pick<SplitJws, 'signed' | 'signature'>,
  publicKey: Uint8Array,
  primitives: Primitives,
): boolean {
  if (!isSoundPoint(publicKey) || !isSoundPoint(signature.subarray(0, 32))) return false;
  return primitives.ed25519Verify(publicKey, signed, signature);
}

/** Verifies a JWS with exactly our header, and only then gives out its payload. Never throws. */
export function verifyJws(
  compact: string,
  typ: string,
  keyOf: (kid: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): { kid: KeyId; payload: Uint8Array } | 'malformed' | 'key-unknown' | 'signature-invalid' {
  const jws = splitJws(compact, typ);
  if (jws === 'malformed') return 'malformed';
  const key = keyOf(jws.kid);
  if (key === undefined) return 'key-unknown';
  if (!isSignedBy(jws, key, primitives)) return 'signature-invalid';
  return { kid: jws.kid, payload: jws.payload };
}

import { ascii, concatBytes, fromUtf8 } from '../encoding.ts';
import { exchangeLimits } from './state.ts';

/**
 * What is sealed (EXC-1): `<signed header, JWS compact>` LF `<payload>`, then zero bytes up to the Padmé length, so that
 * the length on the wire tells at most log2(log2 n) bits of the payload's.
 */
export function sealedPlaintext(signedHeader: string, payload: Uint8Array): Uint8Array {
  const content = concatBytes(ascii(`${signedHeader}\n`), payload);
  const padded = new Uint8Array(padmeLength(content.length));
  padded.set(content);
  return padded;
}

/** Padmé (Nikitin et al., PETS 2019, section 4.2): the padded length of `length` bytes, at most 12 % more. */
export function padmeLength(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const significantBits = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** Math.max(0, exponent - significantBits);
  return Math.ceil(length / step) * step;
}

/** The signed header of an opened plaintext, still unverified; null where there is nothing in the alphabet of a JWS. */
export function signedHeaderOf(plaintext: Uint8Array, bytesMax: number = exchangeLimits.headerBytesMax): string | null {
  const end = plaintext.subarray(0, bytesMax + 1).indexOf(0x0a);
  const text = end < 1 ? null : fromUtf8(plaintext.subarray(0, end));
  return text !== null && /^[A-Za-z0-9_.-]+$/.test(text) ? text : null;
}

/** The payload of `payloadBytes` after the signed header; null unless length and zero padding are exactly as defined. */
export function payloadOf(plaintext: Uint8Array, signedHeader: string, payloadBytes: number): Uint8Array | null {
  const start = signedHeader.length + 1;
  const end = start + payloadBytes;
  if (plaintext.length !== padmeLength(end)) return null;
  for (let at = end; at < plaintext.length; at++) if (plaintext[at] !== 0) return null;
  return plaintext.subarray(start, end);
}

import { ascii, concatBytes } from '../encoding.ts';
import type { Primitives, RecordId, ServiceId, UnixMs } from '../primitives.ts';

/** Random bytes that `recordIdOf` takes: 26 bits of them stay in the id, beside the millisecond. */
export const recordIdEntropyBytes = 4;

/**
 * REC-1: a UUIDv7 (RFC 9562 section 5.7) whose last six bytes are its origin's: the first six of SHA-256(ASCII of the
 * origin ‖ the ten bytes before). So nobody can occupy the id of another's record before its origin uses it, and ids
 * still sort by when they were made. Throws RangeError on too little entropy.
 */
export function recordIdOf(origin: ServiceId, at: UnixMs, random: Uint8Array, primitives: Primitives): RecordId {
  if (random.length < recordIdEntropyBytes) throw new RangeError('too little entropy');
  const bytes = new Uint8Array(10);
  for (let i = 5, rest = at; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes.set(random.subarray(0, recordIdEntropyBytes), 6);
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const hex = toHex(bytes) + ownersMark(origin, bytes, primitives);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether an id, a UUID by form, could only have been made by this origin. */
export function isRecordIdOf(origin: ServiceId, id: RecordId, primitives: Primitives): boolean {
  const hex = id.replaceAll('-', '');
  const bytes = new Uint8Array(10);
  for (let i = 0; i < 10; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return hex.slice(20) === ownersMark(origin, bytes, primitives);
}

function ownersMark(origin: ServiceId, start: Uint8Array, primitives: Primitives): string {
  return toHex(primitives.sha256(concatBytes(ascii(origin), start)).subarray(0, 6));
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

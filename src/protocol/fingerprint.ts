import { base64url, fromBase64url } from './encoding.ts';
import type { KeyId, Primitives, ServiceId } from './primitives.ts';

/** KEY-2: a service is the fingerprint of its inception key (Ed25519, 32 raw bytes); its names are display only. */
export function serviceIdOf(inceptionKey: Uint8Array, primitives: Primitives): ServiceId {
  return base64url(primitives.sha256(inceptionKey));
}

export function keyIdOf(publicKey: Uint8Array, primitives: Primitives): KeyId {
  return base64url(primitives.sha256(publicKey));
}

/**
 * What two officers read to each other: eight groups of four digits, each the big-endian 32-bit word of the identity
 * modulo 10000 (about 106 bits). Throws RangeError when `id` is not a service identity.
 */
export function spokenFingerprint(id: ServiceId): string {
  const bytes = fromBase64url(id);
  if (bytes === null || bytes.length !== 32) throw new RangeError('not a service identity');
  const words = new DataView(bytes.buffer, bytes.byteOffset);
  const groups: string[] = [];
  for (let at = 0; at < 32; at += 4) groups.push(String(words.getUint32(at) % 10_000).padStart(4, '0'));
  return groups.join(' ');
}

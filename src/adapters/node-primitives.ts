import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { Primitives } from '#src/protocol/primitives.ts';

/** SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 key bytes. */
const ed25519SpkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The pure core's cryptography, by node:crypto (OpenSSL). */
export const nodePrimitives: Primitives = {
  sha256(bytes) {
    const { buffer, byteOffset, length } = hash('sha256', bytes, 'buffer');
    return new Uint8Array(buffer, byteOffset, length);
  },

  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return verify(null, message, keyObject(publicKey), signature);
    } catch {
      // OpenSSL throws for bytes that are no point of the curve: the contract says false for anything malformed
      return false;
    }
  },
};

/** Bytes that a caller holds on to, such as a partner's signing key, are read once. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObject(publicKey: Uint8Array): KeyObject {
  const known = keyObjects.get(publicKey);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.concat([ed25519SpkiPrefix, publicKey]), format: 'der', type: 'spki' });
  keyObjects.set(publicKey, key);
  return key;
}

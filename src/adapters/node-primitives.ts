import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Primitives } from '#src/protocol/primitives.ts';

/** SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 key bytes. */
const ed25519SpkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The pure core's cryptography, by node:crypto (OpenSSL). */
export const nodePrimitives: Primitives = {
  sha256(bytes) {
    return new Uint8Array(createHash('sha256').update(bytes).digest());
  },

  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      const key = createPublicKey({ key: Buffer.concat([ed25519SpkiPrefix, publicKey]), format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    } catch {
      // OpenSSL throws for bytes that are no point of the curve: the contract says false for anything malformed
      return false;
    }
  },
};

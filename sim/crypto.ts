import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';
import { hpkeSeal } from '#src/adapters/hpke.ts';
import { openSealed, xwingKemId } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { xwingEncapsulate, xwingKeyFromSeed } from '#src/adapters/xwing.ts';
import type { Primitives } from '#src/protocol/primitives.ts';

export interface Sealed {
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface SimKeys {
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
  open(sealed: Sealed, info: Uint8Array): Uint8Array | null;
}

/** What a world's nodes sign and seal with. */
export interface SimCrypto {
  readonly primitives: Primitives;
  /** Keys of a 32-byte seed. */
  keysOf(seed: Uint8Array): SimKeys;
  seal(sealingKey: Uint8Array, plaintext: Uint8Array, info: Uint8Array): Sealed;
}

const sha256 = (...parts: Uint8Array[]) => new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'));
const fakeSignature = (key: Uint8Array, message: Uint8Array) => {
  const half = sha256(key, message);
  return new Uint8Array([...half, ...sha256(half)]);
};

/** As long as what a real seal encapsulates, which letters are held to. */
function encOf(sealingKey: Uint8Array): Uint8Array {
  const enc = new Uint8Array(1_120);
  enc.set(sealingKey);
  return enc;
}

/** Fast and worthless outside: who knows a public key can sign and open. Nodes of the simulator use only their own. */
export const fakeCrypto: SimCrypto = {
  primitives: {
    sha256: (bytes) => sha256(bytes),
    ed25519Verify: (key, message, signature) => Buffer.compare(fakeSignature(key, message), signature) === 0,
  },
  keysOf(seed) {
    const signingKey = sha256(Buffer.from('signing'), seed);
    const sealingKey = sha256(Buffer.from('sealing'), seed);
    return {
      signingKey,
      sealingKey,
      sign: (bytes) => fakeSignature(signingKey, bytes),
      open: ({ enc, ciphertext }, info) => {
        const plaintext = ciphertext.subarray(32);
        const tag = sha256(sealingKey, info, plaintext);
        const whole =
          Buffer.compare(enc.subarray(0, 32), sealingKey) === 0 &&
          Buffer.compare(tag, ciphertext.subarray(0, 32)) === 0;
        return whole ? plaintext : null;
      },
    };
  },
  seal: (sealingKey, plaintext, info) => ({
    enc: encOf(sealingKey),
    ciphertext: new Uint8Array(Buffer.concat([sha256(sealingKey, info, plaintext), plaintext])),
  }),
};

/** The cryptography of a real node. Sealing draws fresh randomness, so only what it protects is the same in every run. */
export const realCrypto: SimCrypto = {
  primitives: nodePrimitives,
  keysOf(seed) {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    const sealing = xwingKeyFromSeed(seed);
    return {
      signingKey: new Uint8Array(spki.subarray(-32)),
      sealingKey: sealing.publicKey,
      sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
      open: (sealed, info) => openSealed(sealing, { ...sealed, info }),
    };
  },
  seal(sealingKey, plaintext, info) {
    const { ciphertext: enc, sharedSecret } = xwingEncapsulate(sealingKey);
    return { enc, ciphertext: hpkeSeal({ kemId: xwingKemId, sharedSecret }, info, plaintext) };
  },
};

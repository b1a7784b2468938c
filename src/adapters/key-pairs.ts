/** Private keys from their 32-byte seeds, by node:crypto. They live in memory only as long as the keyring does. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { KeyUse, PublicKeyOf } from '#src/ports/keyring.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import { nodePrimitives } from './node-primitives.ts';
import { type XwingPrivateKey, xwingKeyFromSeed } from './xwing.ts';

export const seedBytes = 32;

export type KeyPair =
  | (PublicKeyOf & { readonly use: 'signing'; readonly privateKey: KeyObject })
  | (PublicKeyOf & { readonly use: 'sealing'; readonly privateKey: XwingPrivateKey });

/** PKCS #8 of Ed25519 (RFC 8410) up to the 32 seed bytes. */
const ed25519PrivatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export function keyPair(use: KeyUse, seed: Uint8Array): KeyPair {
  if (use === 'sealing') {
    const privateKey = xwingKeyFromSeed(seed);
    const { publicKey } = privateKey;
    return { use, id: keyIdOf(publicKey, nodePrimitives), publicKey, privateKey };
  }
  const der = Buffer.concat([ed25519PrivatePrefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(-32));
  return { use, id: keyIdOf(publicKey, nodePrimitives), publicKey, privateKey };
}

/** Ed25519 (RFC 8032): 64 bytes. */
export function signWith(pair: Extract<KeyPair, { use: 'signing' }>, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, bytes, pair.privateKey));
}

import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keyring, PublicIdentity } from '#src/ports/keyring.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { openSealed } from './hpke-sealer.ts';
import { KeyringUnavailable, readSeed, type SeedFile, writeSeed } from './key-file.ts';
import { nodePrimitives } from './node-primitives.ts';
import { type XwingPrivateKey, xwingKeyFromSeed } from './xwing.ts';

export { KeyringUnavailable };

/** PKCS #8 of Ed25519 (RFC 8410) up to the 32 seed bytes. */
const ed25519PrivatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

const signingFile: SeedFile = { name: 'signing.key', type: 'ed25519-seed', keyIdOf: (seed) => signingKey(seed).id };
const sealingFile: SeedFile = { name: 'sealing.key', type: 'xwing-seed', keyIdOf: (seed) => sealingKey(seed).id };

/**
 * Makes a node's keys in `directory`, durable when it resolves. Never overwrites: throws `KeyringUnavailable` when there
 * is a signing key already. The signing key is written last, so a directory without one belongs to nobody yet.
 */
export async function createFileKeyring(directory: string): Promise<Keyring> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readSeed(directory, signingFile)) !== null) throw new KeyringUnavailable('exists', signingFile.name);
  const sealingSeed = (await readSeed(directory, sealingFile)) ?? randomBytes(32);
  await writeSeed(directory, sealingFile, sealingSeed);
  await writeSeed(directory, signingFile, randomBytes(32));
  return openFileKeyring(directory);
}

/** Opens the keys in `directory`. Throws `KeyringUnavailable` where one is missing, damaged or readable by others. */
export async function openFileKeyring(directory: string): Promise<Keyring> {
  const signingSeed = await readSeed(directory, signingFile);
  const sealingSeed = await readSeed(directory, sealingFile);
  if (signingSeed === null) throw new KeyringUnavailable('missing', join(directory, signingFile.name));
  if (sealingSeed === null) throw new KeyringUnavailable('missing', join(directory, sealingFile.name));
  return keyringOf(signingKey(signingSeed), sealingKey(sealingSeed));
}

interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
}

function keyringOf(signing: SigningKey, sealing: { id: string; key: XwingPrivateKey }): Keyring {
  const identity: PublicIdentity = {
    service: serviceIdOf(signing.publicKey, nodePrimitives),
    inceptionKey: signing.publicKey,
    signingKey: { id: signing.id, publicKey: signing.publicKey },
    sealingKey: { id: sealing.id, publicKey: sealing.key.publicKey },
  };
  return {
    identity,
    async sign(bytes) {
      return new Uint8Array(sign(null, bytes, signing.privateKey));
    },
    async open(sealed) {
      if (sealed.key !== sealing.id) return refuse('envelope-key-unknown');
      return openSealed(sealing.key, sealed) ?? refuse('envelope-seal-broken');
    },
  };
}

function signingKey(seed: Uint8Array): SigningKey {
  const der = Buffer.concat([ed25519PrivatePrefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(-32));
  return { id: keyIdOf(publicKey, nodePrimitives), privateKey, publicKey };
}

function sealingKey(seed: Uint8Array): { id: string; key: XwingPrivateKey } {
  const key = xwingKeyFromSeed(seed);
  return { id: keyIdOf(key.publicKey, nodePrimitives), key };
}

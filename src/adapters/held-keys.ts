/** A keyring over key pairs in memory; where they are kept, its adapter says. */
import { randomBytes } from 'node:crypto';
import {
  type Keyring,
  KeyringUnavailable,
  type KeysInUse,
  type KeyUse,
  type PublicIdentity,
} from '#src/ports/keyring.ts';
import { serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyId } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { openSealed } from './hpke-sealer.ts';
import { type KeyPair, keyPair, seedBytes, signWith } from './key-pairs.ts';
import { nodePrimitives } from './node-primitives.ts';

/** Where the pairs are kept. Each resolves only when it is durable. */
export interface KeyKeeping {
  keep(use: KeyUse, seed: Uint8Array): Promise<void>;
  keepUse(keys: KeysInUse): Promise<void>;
  remove(pair: Pick<KeyPair, 'use' | 'id'>): Promise<void>;
}

export function heldKeys(
  inceptionKey: Uint8Array,
  pairs: readonly KeyPair[],
  first: KeysInUse,
  keeping: KeyKeeping,
): Keyring {
  const held = new Map(pairs.map((pair) => [pair.id, pair]));
  let inUse = first;
  let identity = identityOf(first);

  function identityOf({ signing, sealing }: KeysInUse): PublicIdentity {
    const [signingKey, sealingKey] = [pairOf(signing, 'signing'), pairOf(sealing, 'sealing')];
    return {
      service: serviceIdOf(inceptionKey, nodePrimitives),
      inceptionKey,
      signingKey: { id: signingKey.id, publicKey: signingKey.publicKey },
      sealingKey: { id: sealingKey.id, publicKey: sealingKey.publicKey },
    };
  }
  function pairOf<U extends KeyUse>(id: KeyId, use: U): Extract<KeyPair, { use: U }> {
    const pair = held.get(id);
    if (pair?.use !== use) throw new KeyringUnavailable('missing', `the ${use} key ${id}`);
    return pair as Extract<KeyPair, { use: U }>;
  }

  return {
    get identity() {
      return identity;
    },
    get statements() {
      return inUse.statements;
    },
    holds: (id) => held.has(id),
    keys: () => [...held.values()].map(({ id, use }) => ({ id, use })),
    async make(use) {
      const seed = randomBytes(seedBytes);
      const pair = keyPair(use, seed);
      await keeping.keep(use, seed);
      held.set(pair.id, pair);
      return { id: pair.id, publicKey: pair.publicKey };
    },
    async use(keys) {
      const next = identityOf(keys);
      await keeping.keepUse(keys);
      [inUse, identity] = [keys, next];
    },
    async forget(id) {
      if (id === inUse.signing || id === inUse.sealing) throw new Error('a key in use is not forgotten');
      const pair = held.get(id);
      if (!pair) return;
      held.delete(id);
      await keeping.remove(pair);
    },
    async sign(bytes, key = inUse.signing) {
      return signWith(pairOf(key, 'signing'), bytes);
    },
    async open(sealed) {
      const pair = held.get(sealed.key);
      if (pair?.use !== 'sealing') return refuse('envelope-key-unknown');
      return openSealed(pair.privateKey, sealed) ?? refuse('envelope-seal-broken');
    },
  };
}

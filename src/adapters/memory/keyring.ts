import { randomBytes } from 'node:crypto';
import type { Keyring } from '#src/ports/keyring.ts';
import { heldKeys } from '../held-keys.ts';
import { keyPair, seedBytes } from '../key-pairs.ts';

/** A keyring that nothing outlives, for tests and the simulator. */
export function memoryKeyring(): Keyring {
  const pairs = [keyPair('signing', randomBytes(seedBytes)), keyPair('sealing', randomBytes(seedBytes))] as const;
  const [signing, sealing] = pairs;
  const nothing = async () => undefined;
  return heldKeys(
    signing.publicKey,
    pairs,
    { signing: signing.id, sealing: sealing.id, statements: [] },
    { keep: nothing, keepUse: nothing, remove: nothing },
  );
}

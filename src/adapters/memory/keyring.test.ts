import { keyringContract } from '#src/ports/keyring.contract.ts';
import { hpkeSealer } from '../hpke-sealer.ts';
import { nodePrimitives } from '../node-primitives.ts';
import { memoryKeyring } from './keyring.ts';

keyringContract('memory', { primitives: nodePrimitives, sealer: hpkeSealer }, async () => ({
  keyring: memoryKeyring(),
  reopen: null,
  close: async () => undefined,
}));

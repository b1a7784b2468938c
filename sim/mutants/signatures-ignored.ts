import type { Mutant } from './mutant.ts';

export const signaturesIgnored: Mutant = {
  name: 'signatures-ignored',
  breaks: 'EXC-1: believes every signature on an envelope',
  caughtBy: ['lies are refused'],
  change: (core) => ({
    ...core,
    step: (state, event, context) =>
      core.step(state, event, { ...context, primitives: { ...context.primitives, ed25519Verify: () => true } }),
  }),
};

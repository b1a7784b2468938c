import type { Mutant } from './mutant.ts';

export const restoreUnnoticed: Mutant = {
  name: 'restore-unnoticed',
  breaks: 'EXC-4: asks nobody where it stands when it starts, and takes every answer for an old one',
  caughtBy: ['nothing accepted is lost', 'no link stops without a lie', 'one content per revision', 'lies are refused'],
  change: (core) => ({
    ...core,
    step: (state, event, context) => {
      const { nonce: _, ...tick } = event.type === 'tick' ? event : { nonce: null };
      return core.step(state, event.type === 'tick' ? { ...tick, type: 'tick', now: event.now } : event, context);
    },
  }),
};

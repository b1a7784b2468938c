import type { Mutant } from './mutant.ts';

export const neverResends: Mutant = {
  name: 'never-resends',
  breaks: 'EXC-2: never sends again what had no receipt',
  caughtBy: ['nothing accepted is lost'],
  change: (core) => ({
    ...core,
    step: (state, event, context) =>
      event.type === 'tick' ? { state, effects: [] } : core.step(state, event, context),
  }),
};

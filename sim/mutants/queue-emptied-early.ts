import type { Mutant } from './mutant.ts';

export const queueEmptiedEarly: Mutant = {
  name: 'queue-emptied-early',
  breaks: 'EXC-3: takes messages from the queue before their batch is stored',
  caughtBy: ['nothing accepted is lost', 'refusals reach the sender'],
  change: (core) => ({ ...core, driver: { ...core.driver, queuesUntilStored: false } }),
};

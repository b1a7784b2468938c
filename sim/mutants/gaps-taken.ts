import { dueAgain } from './duplicates-taken.ts';
import type { Mutant } from './mutant.ts';

export const gapsTaken: Mutant = {
  name: 'gaps-taken',
  breaks: 'EXC-2: takes a batch although those before it are missing',
  caughtBy: ['exactly once, in order', 'receipts only for durable batches'],
  change: (core) => ({
    ...core,
    step: (state, event, context) =>
      core.step(
        dueAgain(state, event, (sequence, through) => sequence > through + 1),
        event,
        context,
      ),
  }),
};

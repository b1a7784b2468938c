import type { Mutant } from './mutant.ts';

export const recoveryCutShort: Mutant = {
  name: 'recovery-cut-short',
  breaks: 'EXC-4: takes the first page of what a partner holds for all of it',
  caughtBy: ['one content per revision', 'the tree of holders is whole', 'nothing accepted is lost'],
  // Only who holds much of what was lost has more than one page of it.
  steps: 6_000,
  change: (core) => ({
    ...core,
    takePage: (place, page, known) => (place.after === null ? core.takePage(place, page, known) : { next: 'done' }),
  }),
};

import { describe, expect, it } from 'vitest';
import { type Mutant, mutants } from './mutants.ts';
import { simulate } from './world.ts';

/** The checkers that may catch each mistake first. */
const caughtBy: { readonly [M in Mutant]: readonly string[] } = {
  'receipt-before-durable': ['receipts only for durable batches'],
  'duplicates-taken': ['exactly once, in order', 'lies are refused', 'no link stops without a lie'],
  'gaps-taken': ['exactly once, in order', 'receipts only for durable batches'],
  'receipt-hash-ignored': ['lies are refused'],
  'signatures-ignored': ['lies are refused'],
  'queue-emptied-early': ['nothing accepted is lost', 'refusals reach the sender'],
  'never-resends': ['nothing accepted is lost'],
};

describe('[EXC-2] the checkers can fail: they catch an implementation that', () => {
  it.each(mutants)(
    'has the mistake %s',
    (mutant) => {
      const found = Array.from({ length: 40 }, (_, at) => at + 1).find((seed) => {
        const { failure } = simulate({ seed, nodes: 4, steps: 60, mutant });
        if (failure !== null) expect(caughtBy[mutant]).toContain(failure.checker);
        return failure !== null;
      });
      expect(found).toBeDefined();
    },
    60_000,
  );
});

import { describe, expect, it } from 'vitest';
import { simulate } from '../world.ts';
import { mutants } from './index.ts';

const seeds = Array.from({ length: 40 }, (_, at) => at + 1);
/** By turns small ones, and larger ones where records go onward. */
const worldOf = (seed: number, steps = 3_000) =>
  seed % 2 === 0 ? { seed, nodes: 4, steps: 1_500 } : { seed, nodes: 6, steps };

describe('[EXC-2] the checkers can fail: they catch an implementation that', () => {
  it.each(mutants)(
    '$breaks ($name)',
    (mutant) => {
      const seed =
        seeds.find((candidate) => simulate({ ...worldOf(candidate, mutant.steps), mutant }).failure !== null) ?? 0;
      expect(mutant.caughtBy).toContain(simulate({ ...worldOf(seed, mutant.steps), mutant }).failure?.checker);
      // and what was caught was the mistake: the same world without it keeps every promise
      expect(simulate(worldOf(seed, mutant.steps)).failure).toBeNull();
    },
    240_000,
  );
});

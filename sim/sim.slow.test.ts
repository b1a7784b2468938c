import { describe, expect, it } from 'vitest';
import { simulate } from './world.ts';

const seeds = 200;
const perTest = 20;

/** Worlds of two to five services; the seed decides everything else. */
function worldOf(seed: number) {
  return { seed, nodes: 2 + (seed % 4), steps: 40 + (seed % 3) * 20 };
}

describe(`[EXC-2] [EXC-3] ${seeds} worlds with loss, duplication, reordering, power cuts and liars`, () => {
  const firsts = Array.from({ length: seeds / perTest }, (_, at) => 1 + at * perTest);
  const total = { delivered: 0, refusals: 0, withheld: 0, held: 0, lies: 0, powerCuts: 0 };

  it.each(firsts)(
    `keep every promise, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + perTest; seed++) {
        const { failure, counts } = simulate(worldOf(seed));
        expect(failure, `npm run sim -- --seed ${seed} ${JSON.stringify(worldOf(seed))}`).toBeNull();
        for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counts[name];
      }
    },
    120_000,
  );

  it('and are no quiet worlds: each thing that could go wrong did', () => {
    expect(total.delivered).toBeGreaterThan(8_000);
    for (const [name, count] of Object.entries(total)) expect(count, name).toBeGreaterThan(200);
  });
});

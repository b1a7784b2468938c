import { describe, expect, it } from 'vitest';
import { simulate } from './world.ts';

const seeds = 60;
const perTest = 10;

/** Worlds of two to seven services; the seed decides everything else. Larger ones by hand: docs/simulator.md. */
function worldOf(seed: number) {
  return { seed, nodes: 2 + (seed % 6), steps: 1_500 + (seed % 3) * 750 };
}

describe(`[EXC-2] [EXC-3] [EXC-4] [REL-3] [COR-1] ${seeds} worlds in which everything fails that can`, () => {
  const firsts = Array.from({ length: seeds / perTest }, (_, at) => 1 + at * perTest);
  const total = simulate({ seed: 0, nodes: 2, steps: 1 }).counts;

  it.each(firsts)(
    `keep every promise, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + perTest; seed++) {
        const { nodes, steps } = worldOf(seed);
        const { failure, counts } = simulate(worldOf(seed));
        expect(failure, `npm run sim -- --seed ${seed} --nodes ${nodes} --steps ${steps}`).toBeNull();
        for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counts[name];
      }
    },
    240_000,
  );

  it('and are no quiet worlds: each thing that could go wrong did', () => {
    for (const [name, count] of Object.entries(total)) expect(count, name).toBeGreaterThan(2);
    expect(total.delivered).toBeGreaterThan(4_000);
    expect(total.onward).toBeGreaterThan(50);
    expect(total.letters).toBeGreaterThan(50);
    expect(total.corrections).toBeGreaterThan(200);
  });

  it('sixty services are linked each with a few, and keep every promise', () => {
    const { failure, counts } = simulate({ seed: 5, nodes: 60, steps: 12_000 });
    expect(failure).toBeNull();
    expect(counts.delivered).toBeGreaterThan(500);
  }, 240_000);
});

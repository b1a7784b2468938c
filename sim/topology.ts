import type { Random } from './random.ts';

/** Few services are linked all with all, or at random; many of them each with a few, as services are. */
const allPairsMax = 8;

/** Pairs of services that are linked, by number, the smaller first; always at least a ring, so that none is alone. */
export function drawLinks(nodes: number, random: Random): [number, number][] {
  const chance = nodes <= allPairsMax ? random.pick([1, 0.4, 0]) : 2 / nodes;
  const pairs: [number, number][] = [];
  for (let one = 0; one < nodes; one++) {
    for (let other = one + 1; other < nodes; other++) {
      const inRing = other === one + 1 || (one === 0 && other === nodes - 1);
      if (inRing || random.chance(chance)) pairs.push([one, other]);
    }
  }
  return pairs;
}

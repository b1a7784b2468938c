import type { SimNode } from './node.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** How a network and its machines fail. Probabilities, but for what says milliseconds; all end when the world heals. */
export interface Faults {
  readonly drop: number;
  readonly duplicate: number;
  readonly delayMsMax: number;
  /** Of two nodes being cut off from each other for a while, drawn at each sending. */
  readonly cut: number;
  /** Of a power cut at each point between two effects. */
  readonly powerCut: number;
  /** How far a clock may be set wrong when its node starts. */
  readonly skewMsMax: number;
  /** Of each great fault, drawn anew every ten seconds. */
  readonly split: number;
  readonly absence: number;
  readonly restore: number;
  readonly clone: number;
}

export const healthy: Faults = {
  drop: 0,
  duplicate: 0,
  delayMsMax: 40,
  cut: 0,
  powerCut: 0,
  skewMsMax: 0,
  split: 0,
  absence: 0,
  restore: 0,
  clone: 0,
};

const dayMs = 86_400_000;

/** The same for all of one world: some worlds are calm in one way and wild in another. */
export function drawFaults(random: Random): Faults {
  return {
    drop: random.pick([0, 0.05, 0.3]),
    duplicate: random.pick([0, 0.1, 0.4]),
    delayMsMax: random.pick([20, 300, 3_000]),
    cut: random.pick([0, 0.01]),
    powerCut: random.pick([0, 0.002, 0.02]),
    skewMsMax: random.pick([0, 600_000, 600_000, dayMs]),
    split: random.pick([0, 0.1]),
    absence: random.pick([0, 0.1]),
    restore: random.pick([0, 0.15]),
    clone: random.pick([0, 0, 0.1]),
  };
}

const drawEveryMs = 10_000;

/** What befalls whole machines and whole halves of the network, until the world heals. */
export function letFaultsHappen(world: World): void {
  const { clock, random, network } = world;
  // both ends of a link restored may have lost what each would need to notice it: one machine of a world, again and again
  const unlucky = random.pick(world.nodes);
  const draw = () => {
    const { faults } = network;
    if (faults === healthy) return;
    if (random.chance(faults.split)) splitTheWorld(world);
    // from a minute to a month, of which the end of the run may be what ends it
    if (random.chance(faults.absence)) random.pick(world.nodes).goDown(random.pick([60_000, 600_000, 30 * dayMs]));
    if (faults.restore > 0 && unlucky.isUp && random.chance(0.5)) unlucky.takeBackup();
    if (random.chance(faults.restore)) restore(unlucky, random);
    if (random.chance(faults.clone)) world.clone();
    clock.after(drawEveryMs, draw);
  };
  clock.after(random.between(1, drawEveryMs), draw);
}

/** Takes longer than anything stays on its way: what it sent before arrived before it is back, or never will. */
function restore(node: SimNode, random: Random): void {
  node.restoreBackup({ whole: random.chance(0.3), takesMs: random.between(70_000, 200_000) });
}

function splitTheWorld({ network, nodes, random, checkers }: World): void {
  const names = nodes.map(({ name }) => name);
  checkers.watch.counts.partitions++;
  network.split(random.some(names, random.pick([0.1, 0.5])), random.between(1_000, 60_000));
}

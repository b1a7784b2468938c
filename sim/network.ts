import type { SimClock } from './clock.ts';
import type { Random } from './random.ts';

/** How a network and its machines fail, as probabilities; all of them end when the world heals. */
export interface Faults {
  readonly drop: number;
  readonly duplicate: number;
  /** Of two nodes being cut off from each other for a while, drawn at each sending. */
  readonly partition: number;
  /** Of a power cut at each point between two effects. */
  readonly powerCut: number;
  readonly delayMsMax: number;
}

export const noFaults: Faults = { drop: 0, duplicate: 0, partition: 0, powerCut: 0, delayMsMax: 40 };

/** Carries bytes between nodes, each copy with its own delay: reordering is a difference of delays. */
export class SimNetwork {
  faults: Faults;
  readonly #clock: SimClock;
  readonly #random: Random;
  /** Pair of names → until when nothing passes. */
  readonly #cut = new Map<string, number>();

  constructor(clock: SimClock, random: Random, faults: Faults) {
    this.#clock = clock;
    this.#random = random;
    this.faults = faults;
  }

  heal(): void {
    this.faults = noFaults;
    this.#cut.clear();
  }

  /** `leaving` is called for each copy that will arrive. */
  carry(from: string, to: string, arrive: () => void, leaving: () => void): void {
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (this.#random.chance(this.faults.partition)) {
      this.#cut.set(pair, this.#clock.now + this.#random.between(1_000, 30_000));
    }
    if ((this.#cut.get(pair) ?? 0) > this.#clock.now) return;
    const copies = this.#random.chance(this.faults.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#random.chance(this.faults.drop)) continue;
      leaving();
      this.#clock.after(this.#delayMs(), arrive);
    }
  }

  #delayMs(): number {
    // mostly quick, now and then very late, so that old envelopes meet new states
    const slow = this.#random.chance(0.1) ? 20 : 1;
    return 1 + this.#random.next() * this.faults.delayMsMax * slow;
  }
}

import type { SimClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';

interface Split {
  /** Names of the nodes on one side; all others are on the other. */
  readonly side: ReadonlySet<string>;
  readonly until: number;
}

/** Carries bytes between nodes, each copy with its own delay: reordering is a difference of delays. */
export class SimNetwork {
  faults: Faults;
  readonly #clock: SimClock;
  readonly #random: Random;
  /** Pair of names → until when nothing passes. */
  readonly #cut = new Map<string, number>();
  #splits: Split[] = [];

  constructor(clock: SimClock, random: Random, faults: Faults) {
    this.#clock = clock;
    this.#random = random;
    this.faults = faults;
  }

  heal(healthy: Faults): void {
    this.faults = healthy;
    this.#cut.clear();
    this.#splits = [];
  }

  /** Nothing passes between these nodes and all others for a while. */
  split(side: readonly string[], forMs: number): void {
    this.#splits.push({ side: new Set(side), until: this.#clock.now + forMs });
  }

  /** `leaving` is called for each copy that will arrive. */
  carry(from: string, to: string, arrive: () => void, leaving: () => void): void {
    if (this.#isCut(from, to)) return;
    const copies = this.#random.chance(this.faults.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#random.chance(this.faults.drop)) continue;
      leaving();
      this.#clock.after(this.#delayMs(), arrive);
    }
  }

  #isCut(from: string, to: string): boolean {
    const { now } = this.#clock;
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (this.#random.chance(this.faults.cut)) this.#cut.set(pair, now + this.#random.between(1_000, 30_000));
    if ((this.#cut.get(pair) ?? 0) > now) return true;
    this.#splits = this.#splits.filter(({ until }) => until > now);
    return this.#splits.some(({ side }) => side.has(from) !== side.has(to));
  }

  #delayMs(): number {
    // mostly quick, now and then very late, so that old envelopes meet new states
    const slow = this.#random.chance(0.1) ? 20 : 1;
    return 1 + this.#random.next() * this.faults.delayMsMax * slow;
  }
}

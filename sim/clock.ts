import type { UnixMs } from '#src/protocol/primitives.ts';

interface Due {
  readonly at: UnixMs;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time: what is due happens in order of time, then of scheduling, so that a seed always plays the same run. */
export class SimClock {
  now: UnixMs;
  readonly startMs: UnixMs;
  #order = 0;
  /** A binary heap, earliest first. */
  readonly #due: Due[] = [];

  constructor(start: UnixMs) {
    this.now = start;
    this.startMs = start;
  }

  after(delayMs: number, run: () => void): void {
    this.#push({ at: this.now + Math.max(0, Math.round(delayMs)), order: this.#order++, run });
  }

  /** Runs the next thing due; false when nothing is. */
  advance(): boolean {
    const next = this.#pop();
    if (next === undefined) return false;
    this.now = next.at;
    next.run();
    return true;
  }

  #push(due: Due): void {
    let at = this.#due.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, this.#due[parent] as Due)) break;
      this.#due[at] = this.#due[parent] as Due;
      at = parent;
    }
    this.#due[at] = due;
  }

  #pop(): Due | undefined {
    const first = this.#due[0];
    const last = this.#due.pop();
    if (first === undefined || last === undefined || this.#due.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#due.length) break;
      if (child + 1 < this.#due.length && isBefore(this.#due[child + 1] as Due, this.#due[child] as Due)) child++;
      if (!isBefore(this.#due[child] as Due, last)) break;
      this.#due[at] = this.#due[child] as Due;
      at = child;
    }
    this.#due[at] = last;
    return first;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

import { StoreUnavailable } from '#src/ports/database.ts';

export interface TurnLimits {
  /** How many may wait at once. */
  readonly waitingMax: number;
  readonly waitMsMax: number;
}

/** One at a time, in the order of asking. */
export class Turns {
  readonly #limits: TurnLimits;
  #taken = false;
  readonly #waiting: { start: () => void; timer: NodeJS.Timeout }[] = [];

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with the function that ends the turn. Throws `StoreUnavailable` when too many wait, or too long. */
  async take(): Promise<() => void> {
    if (!this.#taken) {
      this.#taken = true;
      return this.#end();
    }
    if (this.#waiting.length >= this.#limits.waitingMax) {
      throw new StoreUnavailable(`${this.#waiting.length} transactions are waiting for the database`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const place = {
      start: () => resolve(this.#end()),
      timer: setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(place), 1);
        reject(
          new StoreUnavailable(
            `waited ${this.#limits.waitMsMax} ms for the transaction before (one that opens another inside waits for itself)`,
          ),
        );
      }, this.#limits.waitMsMax),
    };
    this.#waiting.push(place);
    return promise;
  }

  #end(): () => void {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = this.#waiting.shift();
      if (next) {
        clearTimeout(next.timer);
        next.start();
      } else this.#taken = false;
    };
  }
}

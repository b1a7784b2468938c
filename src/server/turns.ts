/** Work of which little is done at once. What waits is bounded, in all and for each owner (`Places`). */
import { type Place, Places } from './places.ts';

export interface TurnLimits {
  readonly atOnce: number;
  /** Work that waits, of all owners together. */
  readonly waiting: number;
  /** Work that waits, of one owner. */
  readonly each: number;
}

export class Turns {
  readonly #atOnce: number;
  readonly #places: Places;
  /** The first come first. */
  readonly #queue = new Set<() => void>();
  #underWay = 0;

  constructor({ atOnce, waiting, each }: TurnLimits) {
    this.#atOnce = atOnce;
    this.#places = new Places({ total: waiting, each });
  }

  /** Null: too much waits already, and this was the one to go. Then `work` was not begun. */
  async run<T>(owner: string, work: () => Promise<T>): Promise<{ readonly done: T } | null> {
    if (this.#underWay < this.#atOnce) this.#underWay++;
    else if (!(await this.#turn(owner))) return null;
    try {
      return { done: await work() };
    } finally {
      const [next] = this.#queue;
      // Handed on, not given back: nobody who comes just now overtakes those who wait.
      if (next) next();
      else this.#underWay--;
    }
  }

  #turn(owner: string): Promise<boolean> {
    return new Promise((resolve) => {
      let place: Place | null = null;
      let isOver = false;
      const over = (mayBegin: boolean) => {
        isOver = true;
        this.#queue.delete(begin);
        place?.leave();
        resolve(mayBegin);
      };
      const begin = () => over(true);
      this.#queue.add(begin);
      place = this.#places.take(owner, 1, () => over(false));
      if (isOver) place.leave();
    });
  }
}

/** Turns of each owner's own: one who asks for much at once waits for himself, and others do not wait for him. */
export class OwnTurns {
  readonly #limits: Omit<TurnLimits, 'each'>;
  readonly #turns = new Map<string, { readonly turns: Turns; users: number }>();

  constructor(limits: Omit<TurnLimits, 'each'>) {
    this.#limits = limits;
  }

  /** As `Turns.run`. */
  async run<T>(owner: string, work: () => Promise<T>): Promise<{ readonly done: T } | null> {
    const own = this.#turns.get(owner) ?? {
      turns: new Turns({ ...this.#limits, each: this.#limits.waiting }),
      users: 0,
    };
    this.#turns.set(owner, own);
    own.users++;
    try {
      return await own.turns.run(owner, work);
    } finally {
      own.users--;
      if (own.users === 0) this.#turns.delete(owner);
    }
  }
}

/**
 * A bounded room for many. When it is full, whoever comes is let in, and the oldest of whoever holds most has to go: so no
 * single one closes it to others, and one who comes fast and leaves fast is never the one who goes.
 */
export interface PlaceLimits {
  /** Weight held by all together. */
  readonly total: number;
  /** Weight held by one owner. */
  readonly each: number;
}

export interface Place {
  /** More than once is as good as once. */
  leave(): void;
}

interface Held extends Place {
  readonly weight: number;
  readonly end: () => void;
}

export class Places {
  readonly #limits: PlaceLimits;
  /** Of each owner, the oldest first. */
  readonly #held = new Map<string, Set<Held>>();
  readonly #weights = new Map<string, number>();
  #total = 0;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** `end` is called when this place is taken away; the place is left by then. */
  take(owner: string, weight: number, end: () => void): Place {
    const held: Held = { weight, end, leave: () => this.#leave(owner, held) };
    const own = this.#held.get(owner) ?? new Set();
    this.#held.set(owner, own.add(held));
    this.#count(owner, weight);
    while (this.weightOf(owner) > this.#limits.each && own.size > 1) this.#endOldest(owner);
    while (this.#total > this.#limits.total && this.#total > weight) this.#endOldest(this.#heaviest(), held);
    return held;
  }

  weightOf(owner: string): number {
    return this.#weights.get(owner) ?? 0;
  }

  #endOldest(owner: string, except?: Held): void {
    const own = [...(this.#held.get(owner) ?? [])];
    // Where the newcomer's owner has nothing else, it is the newcomer that is too much.
    const oldest = own.find((held) => held !== except) ?? own[0];
    oldest?.leave();
    oldest?.end();
  }

  #heaviest(): string {
    let most = '';
    for (const [owner, weight] of this.#weights) if (weight > this.weightOf(most)) most = owner;
    return most;
  }

  #leave(owner: string, held: Held): void {
    const own = this.#held.get(owner);
    if (!own?.delete(held)) return;
    if (own.size === 0) this.#held.delete(owner);
    this.#count(owner, -held.weight);
  }

  #count(owner: string, weight: number): void {
    this.#total += weight;
    const now = this.weightOf(owner) + weight;
    if (now > 0) this.#weights.set(owner, now);
    else this.#weights.delete(owner);
  }
}

/** One durable map of a node. Rows are replaced, never changed in place, so that giving up a unit gives up all of it. */
export class Table<Row> {
  readonly #rows = new Map<string, Row>();
  readonly #pending = new Map<string, Row | null>();

  get(key: string): Row | undefined {
    const pending = this.#pending.get(key);
    return pending === undefined ? this.#rows.get(key) : (pending ?? undefined);
  }

  /** What would be left if the power went now. */
  durable(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  set(key: string, row: Row): void {
    this.#pending.set(key, row);
  }

  delete(key: string): void {
    this.#pending.set(key, null);
  }

  /** In order of first writing, pending rows last. */
  *entries(): IterableIterator<readonly [string, Row]> {
    for (const [key, row] of this.#rows) {
      const pending = this.#pending.get(key);
      if (pending === undefined) yield [key, row];
      else if (pending !== null) yield [key, pending];
    }
    for (const [key, row] of this.#pending) if (row !== null && !this.#rows.has(key)) yield [key, row];
  }

  commit(): void {
    for (const [key, row] of this.#pending) {
      if (row === null) this.#rows.delete(key);
      else this.#rows.set(key, row);
    }
    this.#pending.clear();
  }

  giveUp(): void {
    this.#pending.clear();
  }
}

/** Thrown where the world pulls the plug of a node. */
export class PowerCut extends Error {}

/** What follows a commit: what the checkers see of it, and then what leaves the node, with power cuts in between. */
export class AfterCommit {
  readonly notes: (() => void)[] = [];
  readonly leaves: (() => void)[] = [];

  note(run: () => void): void {
    this.notes.push(run);
  }

  leave(run: () => void): void {
    this.leaves.push(run);
  }
}

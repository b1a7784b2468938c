/**
 * One durable map of a node. Rows are replaced, never changed in place, so that giving up a unit gives up all of it and a
 * snapshot of the disk shares its rows.
 */
export class Table<Row> {
  #rows = new Map<string, Row>();
  /** Group → keys of its rows: what a database would keep an index for. */
  #groups = new Map<string, Set<string>>();
  readonly #pending = new Map<string, Row | null>();
  readonly #groupOf: ((row: Row) => string) | null;

  constructor(groupOf: ((row: Row) => string) | null = null) {
    this.#groupOf = groupOf;
  }

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
    yield* this.#read(this.#rows, () => true);
  }

  *values(): IterableIterator<Row> {
    for (const [, row] of this.entries()) yield row;
  }

  /** The rows of one group, in the same order. */
  *group(name: string): IterableIterator<Row> {
    const groupOf = this.#groupOf;
    if (groupOf === null) throw new Error('a table without groups');
    for (const [, row] of this.#read(this.#groups.get(name) ?? new Set(), (row) => groupOf(row) === name)) yield row;
  }

  get size(): number {
    return this.#rows.size;
  }

  commit(): void {
    for (const [key, row] of this.#pending) {
      const before = this.#rows.get(key);
      if (before !== undefined) this.#leaveGroup(key, before, row);
      if (row === null) this.#rows.delete(key);
      else {
        this.#rows.set(key, row);
        this.#joinGroup(key, row);
      }
    }
    this.#pending.clear();
  }

  giveUp(): void {
    this.#pending.clear();
  }

  /** Becomes what the other one is now. */
  takeFrom(other: Table<Row>): void {
    this.#pending.clear();
    this.#rows = new Map(other.#rows);
    this.#groups = new Map([...other.#groups].map(([name, keys]) => [name, new Set(keys)]));
  }

  snapshot(): () => void {
    const rows = new Map(this.#rows);
    return () => {
      this.#pending.clear();
      this.#rows = new Map(rows);
      this.#groups = new Map();
      for (const [key, row] of rows) this.#joinGroup(key, row);
    };
  }

  *#read(
    known: { keys(): Iterable<string>; has(key: string): boolean },
    isWanted: (row: Row) => boolean,
  ): IterableIterator<readonly [string, Row]> {
    for (const key of known.keys()) {
      const pending = this.#pending.get(key);
      const row = pending === undefined ? this.#rows.get(key) : pending;
      if (row != null && isWanted(row)) yield [key, row];
    }
    for (const [key, row] of this.#pending) {
      if (row !== null && !known.has(key) && isWanted(row)) yield [key, row];
    }
  }

  #joinGroup(key: string, row: Row): void {
    if (this.#groupOf === null) return;
    const name = this.#groupOf(row);
    const keys = this.#groups.get(name);
    if (keys === undefined) this.#groups.set(name, new Set([key]));
    else keys.add(key);
  }

  /** A row that stays in its group keeps its place there. */
  #leaveGroup(key: string, before: Row, after: Row | null): void {
    if (this.#groupOf === null) return;
    const name = this.#groupOf(before);
    if (after !== null && this.#groupOf(after) === name) return;
    const keys = this.#groups.get(name);
    keys?.delete(key);
    if (keys?.size === 0) this.#groups.delete(name);
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

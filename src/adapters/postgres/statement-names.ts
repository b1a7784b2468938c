import type { Actor } from '#src/ports/database.ts';

/** Asked for so often, a statement gets a name. */
const usesBeforeNamed = 4;
/** A session keeps a plan for each; texts that differ with every use must not fill it. */
const namedMax = 400;
const countedMax = 4_000;

/**
 * What is asked again and again is planned once in a session, by its name: policies make planning dearer than most answers.
 * A name is of one text under one role, whose policies its plan holds.
 */
export class StatementNames {
  readonly #names = new Map<Actor['kind'], Map<string, string>>();
  readonly #uses = new Map<Actor['kind'], Map<string, number>>();
  #named = 0;
  #counted = 0;

  /** Undefined: planned for this once. */
  nameOf(role: Actor['kind'], sql: string): string | undefined {
    const names = this.#names.getOrInsertComputed(role, () => new Map());
    const name = names.get(sql);
    if (name !== undefined || this.#named === namedMax) return name;
    const uses = this.#uses.getOrInsertComputed(role, () => new Map());
    const used = (uses.get(sql) ?? 0) + 1;
    if (used === usesBeforeNamed) {
      uses.delete(sql);
      names.set(sql, `tansiq_${this.#named++}`);
      return names.get(sql);
    }
    uses.set(sql, used);
    if (used === 1 && ++this.#counted === countedMax) {
      this.#uses.clear();
      this.#counted = 0;
    }
    return undefined;
  }
}

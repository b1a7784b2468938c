import type { Actor, Database, Tx } from '#src/ports/database.ts';

/** Carries a result out of a transaction that must leave nothing behind. */
class Undo<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('undone on purpose');
    this.result = result;
  }
}

/** What `work` comes to, under the same policies, and nothing of it kept. */
export async function undone<T>(database: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    await database.asActor(actor, async (tx) => {
      throw new Undo(await work(tx));
    });
  } catch (thrown) {
    // Only the one line above throws it, with what `work` returned.
    if (thrown instanceof Undo) return thrown.result as T;
    throw thrown;
  }
  throw new Error('a preview must never be kept');
}

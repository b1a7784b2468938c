import type { Database, Tx } from '#src/ports/database.ts';
import type { Caller } from '../../handlers.ts';

/**
 * What a permission does beyond what its officer sees: it is put into force, enters the tree of holders, and goes out by
 * ways that only the node knows. Returns to the officer afterwards.
 */
export function asNode<T>(database: Database, tx: Tx, caller: Caller, work: () => Promise<T>): Promise<T> {
  return database.switchActor(tx, { kind: 'node' }, caller.actor, work);
}

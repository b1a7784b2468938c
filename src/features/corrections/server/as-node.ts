import type { Database, Tx } from '#src/ports/database.ts';
import type { Caller } from '../../handlers.ts';

/**
 * What a correction does beyond what its officer sees: every holder is told, also of revisions above the officer's own
 * clearance; what is erased is erased whole; what cites is flagged, whoever may read it. Returns to the officer afterwards.
 */
export function asNode<T>(database: Database, tx: Tx, caller: Caller, work: () => Promise<T>): Promise<T> {
  return database.switchActor(tx, { kind: 'node' }, caller.actor, work);
}

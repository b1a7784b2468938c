import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { journalLeafHash } from '#src/protocol/journal/leaf.ts';
import { nodePrimitives } from '../../node-primitives.ts';

export function journalWords(tx: Tx): Pick<StoreUnit, 'appendJournal'> {
  return {
    async appendJournal(entry) {
      await tx
        .insertInto('journal')
        .values({
          at: new Date(entry.at),
          actor_kind: entry.actorKind,
          actor: entry.actor,
          act: entry.act,
          record_id: entry.record,
          record_hash: entry.hash,
          service: entry.service,
          reason: entry.reason,
          leaf_hash: journalLeafHash({ ...entry }, nodePrimitives),
        })
        .execute();
    },
  };
}

import type { Tx } from '#src/ports/database.ts';
import type { JournalEntry, StoreUnit } from '#src/ports/store.ts';
import { journalLeafHash } from '#src/protocol/journal/leaf.ts';
import { nodePrimitives } from '../../node-primitives.ts';
import { inPieces } from './pieces.ts';

export function journalWords(tx: Tx): Pick<StoreUnit, 'appendJournal'> {
  return {
    appendJournal(entry) {
      return appendLines(tx, [entry]);
    },
  };
}

/** In their order. */
export async function appendLines(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  for (const rows of inPieces(entries)) {
    await tx
      .insertInto('journal')
      .values(
        rows.map((entry) => ({
          at: new Date(entry.at),
          actor_kind: entry.actorKind,
          actor: entry.actor,
          act: entry.act,
          record_id: entry.record,
          record_hash: entry.hash,
          service: entry.service,
          reason: entry.reason,
          leaf_hash: journalLeafHash({ ...entry }, nodePrimitives),
        })),
      )
      .execute();
  }
}

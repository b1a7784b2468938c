import type { Tx } from '#src/ports/database.ts';
import type { JournalEntry, StoreUnit } from '#src/ports/store.ts';
import { journalLeafHash } from '#src/protocol/journal/leaf.ts';
import { nodePrimitives } from '../../node-primitives.ts';
import { insertRows } from './insert-rows.ts';

export function journalWords(tx: Tx): Pick<StoreUnit, 'appendJournal'> {
  return {
    appendJournal(entry) {
      return appendLines(tx, [entry]);
    },
  };
}

/** In their order. */
export async function appendLines(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    at: new Date(entry.at),
    actor_kind: entry.actorKind,
    actor: entry.actor,
    act: entry.act,
    record_id: entry.record,
    record_hash: entry.hash,
    service: entry.service,
    reason: entry.reason,
    leaf_hash: journalLeafHash({ ...entry }, nodePrimitives),
  }));
  await insertRows(tx, 'journal', lineColumns, rows);
}

const lineColumns = {
  at: 'timestamptz',
  actor_kind: 'text',
  actor: 'text',
  act: 'text',
  record_id: 'uuid',
  record_hash: 'text',
  service: 'text',
  reason: 'text',
  leaf_hash: 'bytea',
} as const;

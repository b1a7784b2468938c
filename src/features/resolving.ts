/** COR-3: reading a quarantined record, which only someone who resolves it does. */
import type { Database, Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';

/**
 * Opens, for the rest of `tx`, the record that was asked for by its id; with a correction, or an answer to one, also the
 * record that it is about. Everything else stays quarantined, so a list that is asked for in `tx` meets no other.
 */
export async function nameResolved(database: Database, tx: Tx, record: RecordId): Promise<void> {
  const about = await tx
    .selectFrom('correction')
    .select('about_record')
    .where(({ or, eb }) =>
      or([
        eb('record_id', '=', record),
        eb('record_id', 'in', (of) =>
          of
            .selectFrom('record_link')
            .select('target_record')
            .where('type', '=', 'replies-to')
            .where('record_id', '=', record),
        ),
      ]),
    )
    .execute();
  await database.nameResolved(tx, [...new Set([record, ...about.map(({ about_record }) => about_record)])]);
}

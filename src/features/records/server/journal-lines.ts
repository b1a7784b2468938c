import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { JournalLine } from '../contract.ts';

const linesMax = 500;

/** Who did what with one record, the newest first. Officers by name, for a colleague reads it. */
export async function journalLines(tx: Tx, record: RecordId): Promise<Static<typeof JournalLine>[]> {
  const briefs = await serviceBriefs(tx);
  const rows = await tx
    .selectFrom('journal')
    .leftJoin('officer', (join) => join.on(sql`officer.id::text`, '=', sql.ref('journal.actor')))
    .select(['at', 'actor_kind', 'officer.display_name', 'act', 'service', 'reason'])
    .where('record_id', '=', record)
    .orderBy('seq', 'desc')
    .limit(linesMax)
    .execute();
  return rows.map(({ at, actor_kind, display_name, act, service, reason }) => ({
    at: at.toISOString(),
    actorKind: actor_kind,
    actor: display_name,
    act,
    service: service === null ? null : briefs(service),
    reason,
  }));
}

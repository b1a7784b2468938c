import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { JournalLine } from '../contract.ts';

type Line = Static<typeof JournalLine>;

const linesPerPage = 200;

/** A page of who did what with one record, the newest first. Officers by name, for a colleague reads it. */
export async function journalLines(
  tx: Tx,
  record: RecordId,
  before: string | null,
): Promise<{ readonly lines: Line[]; readonly before: string | null }> {
  const briefs = await serviceBriefs(tx);
  const rows = await tx
    .selectFrom('journal')
    .leftJoin('officer', (join) => join.on(sql`officer.id::text`, '=', sql.ref('journal.actor')))
    .select(['seq', 'at', 'actor_kind', 'officer.display_name', 'act', 'service', 'reason'])
    .where('record_id', '=', record)
    .$if(before !== null, (lines) => lines.where('seq', '<', before ?? ''))
    .orderBy('seq', 'desc')
    .limit(linesPerPage + 1)
    .execute();
  const page = rows.slice(0, linesPerPage);
  return {
    lines: page.map(({ at, actor_kind, display_name, act, service, reason }) => ({
      at: at.toISOString(),
      actorKind: actor_kind,
      actor: display_name,
      act,
      service: service === null ? null : briefs(service),
      reason,
    })),
    before: rows.length > linesPerPage ? String(page.at(-1)?.seq) : null,
  };
}

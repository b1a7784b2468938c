import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';

/** Our newest decision on a partner's report, as the reader may see it; null where there is none yet. */
export async function ownDecision(tx: Tx, report: RecordId, self: ServiceId): Promise<string | null> {
  const row = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
    .innerJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'answer.hash').on('said.path', '=', 'body/decision'),
    )
    .select('said.value as decision')
    .where('link.target_record', '=', report)
    .where('link.type', '=', 'replies-to')
    .where('answer.kind', '=', 'disposition')
    .where('answer.origin', '=', self)
    .orderBy('answer.stored_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return typeof row?.decision === 'string' ? row.decision : null;
}

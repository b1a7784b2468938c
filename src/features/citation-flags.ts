/** COR-3: what a record draws on that was corrected or withdrawn since. */
import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';

/**
 * Flags that concern the record's current revision: one that no longer cites what was changed is not concerned any more.
 * Of each cited record the newest change, with its review where there is one.
 */
export function flagsOf(tx: Tx, record: RecordId) {
  return tx
    .selectFrom('citation_flag as flag')
    .innerJoin('record_head as head', 'head.record_id', 'flag.citing_record')
    .innerJoin('record_cite as cite', (join) =>
      join
        .onRef('cite.hash', '=', 'head.hash')
        .onRef('cite.cited_record', '=', 'flag.cited_record')
        .onRef('cite.cited_revision', '<', 'flag.cited_revision'),
    )
    .leftJoin('citation_review as review', (join) =>
      join
        .onRef('review.citing_record', '=', 'flag.citing_record')
        .onRef('review.cited_record', '=', 'flag.cited_record')
        .onRef('review.cited_hash', '=', 'flag.cited_hash'),
    )
    .leftJoin('officer', 'officer.id', 'review.officer')
    .distinctOn('flag.cited_record')
    .select(['flag.cited_record', 'flag.cited_origin', 'flag.cited_hash', 'flag.change', 'flag.since'])
    .select(['review.decision', 'review.reason', 'review.reviewed_at', 'officer.display_name'])
    .where('flag.citing_record', '=', record)
    .orderBy('flag.cited_record')
    .orderBy('flag.cited_revision', 'desc')
    .execute();
}

export async function hasOpenFlag(tx: Tx, record: RecordId): Promise<boolean> {
  return (await flagsOf(tx, record)).some(({ decision }) => decision === null);
}

/** COR-3: what a record draws on that was corrected or withdrawn since. */
import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { CitationFlag } from '../contract.ts';

/**
 * Flags that concern the record's current revision: one that no longer cites the corrected revision is not concerned any
 * more. The newest change of each cited record.
 */
export async function citationFlags(tx: Tx, record: RecordId): Promise<CitationFlag[]> {
  const rows = await tx
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
  const briefs = await serviceBriefs(tx);
  return rows.map(({ cited_record, cited_origin, change, since, ...review }) => ({
    cited: cited_record,
    citedOrigin: briefs(cited_origin),
    change,
    since: since.toISOString(),
    review:
      review.decision === null || review.reviewed_at === null
        ? null
        : {
            decision: review.decision,
            reason: review.reason ?? '',
            officer: review.display_name ?? '',
            at: review.reviewed_at.toISOString(),
          },
  }));
}

/** The revision of `cited` that raised the newest flag on `record`; undefined where there is none, or it was reviewed. */
export function openFlag(tx: Tx, record: RecordId, cited: RecordId) {
  return tx
    .selectFrom('citation_flag as flag')
    .leftJoin('citation_review as review', (join) =>
      join
        .onRef('review.citing_record', '=', 'flag.citing_record')
        .onRef('review.cited_record', '=', 'flag.cited_record')
        .onRef('review.cited_hash', '=', 'flag.cited_hash'),
    )
    .select(['flag.cited_hash', 'review.officer as reviewedBy'])
    .where('flag.citing_record', '=', record)
    .where('flag.cited_record', '=', cited)
    .orderBy('flag.cited_revision', 'desc')
    .limit(1)
    .executeTakeFirst();
}

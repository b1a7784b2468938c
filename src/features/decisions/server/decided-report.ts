import type { Tx } from '#src/ports/database.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { Purpose, RecordReference } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { markingOfRevision } from '../../author-marking.ts';

/** A partner's report as the deciding officer sees it. */
export interface DecidedReport {
  readonly reference: RecordReference;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly desks: readonly string[];
  /** What an answer to its origin inherits (MRK-1): the report's marking, releasable to the origin alone. */
  readonly marking: Marking;
}

export async function decidedReport(tx: Tx, id: string): Promise<DecidedReport | Refusal> {
  const row = await tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as report', 'report.hash', 'head.hash')
    .selectAll('report')
    .where('head.record_id', '=', id)
    .where('head.state', '=', 'active')
    .executeTakeFirst();
  if (!row) return refuse('not-found');
  const desks = await tx.selectFrom('record_desk').select('desk').where('record_id', '=', id).execute();
  return {
    reference: { origin: row.origin, record: row.record_id, revision: row.revision, hash: row.hash },
    purpose: row.purpose as Purpose,
    legalBasis: row.legal_basis,
    desks: desks.map(({ desk }) => desk),
    marking: joinMarkings([markingOfRevision(row, [row.origin])]),
  };
}

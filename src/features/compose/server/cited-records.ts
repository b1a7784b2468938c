import type { Tx } from '#src/ports/database.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { RecordReference } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { markingOfRevision } from '../../author-marking.ts';
import { markingView } from '../../marking-view.ts';
import { informs } from '../../record-acts.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { InheritanceView } from '../contract.ts';

export interface CitedRecord {
  readonly reference: RecordReference;
  readonly kind: string;
  readonly title: string;
  readonly language: string;
  readonly createdAt: Date;
  readonly marking: Marking;
}

/**
 * The revisions that count now of the records that a report draws on, in the order asked for. One that the author may
 * not see, or that does not stand, is refused like one that is not there: nobody draws on what he cannot read.
 */
export async function citedRecords(
  tx: Tx,
  ids: readonly RecordId[],
  self: ServiceId,
): Promise<readonly CitedRecord[] | Refusal> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .leftJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'head.hash').on('title.path', '=', 'title'),
    )
    .selectAll('revision')
    .select('title.value as title')
    .where('head.record_id', 'in', ids)
    .where('head.state', '=', 'active')
    .execute();
  const byId = new Map(rows.map((row) => [row.record_id, row]));
  const missing = ids.findIndex((id) => !byId.has(id));
  if (missing >= 0) return refuse('not-found', { at: `/cites/${missing}` });
  const silent = ids.findIndex((id) => !informs(byId.get(id)?.kind ?? ''));
  if (silent >= 0) return refuse('not-allowed', { at: `/cites/${silent}` });
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    return [
      {
        reference: { origin: row.origin, record: row.record_id, revision: row.revision, hash: row.hash },
        kind: row.kind,
        title: typeof row.title === 'string' ? row.title : '',
        language: row.language,
        createdAt: row.created_at,
        marking: markingOfRevision(row, releasableOf(row, self)),
      },
    ];
  });
}

/** A partner's list never reaches us (REC-2.6): what passes its information onward is its H2 and its permission (ACC-08). */
function releasableOf(
  { origin, releasable_to }: { origin: ServiceId; releasable_to: string[] | null },
  self: ServiceId,
) {
  return origin === self ? (releasable_to ?? 'any') : 'any';
}

/** MRK-1: what all of them together demand. */
export function floorOf(cited: readonly CitedRecord[]): Marking {
  return joinMarkings(cited.map(({ marking }) => marking));
}

export async function inheritanceView(tx: Tx, cited: readonly CitedRecord[]): Promise<InheritanceView> {
  const briefs = await serviceBriefs(tx);
  const shown = (marking: Marking) =>
    markingView({ ...marking, releasable: marking.releasableTo === 'any' ? null : marking.releasableTo }, briefs);
  return {
    marking: shown(floorOf(cited)),
    cites: cited.map(({ reference, createdAt, marking, ...brief }) => ({
      ...brief,
      record: reference.record,
      revision: reference.revision,
      origin: briefs(reference.origin),
      createdAt: createdAt.toISOString(),
      marking: shown(marking),
    })),
  };
}

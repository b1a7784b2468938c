import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';

export interface VisibleCitation {
  readonly citing: RecordId;
  readonly cited: RecordId;
  readonly revision: number;
  readonly origin: ServiceId;
}

/** How far a way is followed from record to source, and again from source to what draws on it. */
export const stepsEachWayMax = 8;
/** More than a person could follow; the nearest come first. */
export const citationsMax = 5_000;

/**
 * Every citation on a way between this record and others of the same source, as far as the reader sees the citing
 * records: a source that the reader may not see is the end of its way, for nobody is told what it draws on in turn.
 */
export async function citationsAround(tx: Tx, record: RecordId): Promise<readonly VisibleCitation[]> {
  const { rows } = await sql<VisibleCitation>`with recursive edge as (
      select cite.record_id as citing, cite.cited_record as cited, cite.cited_revision, cite.cited_origin
      from record_cite cite
      join record_head head on head.hash = cite.hash
      where head.state = 'active' and cite.cited_record <> cite.record_id
    ),
    source as (
      select ${record}::uuid as record, 0 as steps
      union
      select edge.cited, source.steps + 1 from source
      join edge on edge.citing = source.record
      where source.steps < ${stepsEachWayMax}
    ),
    drawing as (
      select source.record, min(source.steps) as steps, 0 as back from source group by source.record
      union
      select edge.citing, drawing.steps, drawing.back + 1 from drawing
      join edge on edge.cited = drawing.record
      where drawing.back < ${stepsEachWayMax}
    ),
    near as (select record, min(steps + back) as steps from drawing group by record)
    select edge.citing, edge.cited, max(edge.cited_revision) as revision, min(edge.cited_origin) as origin
    from edge
    join near on near.record = edge.citing
    where edge.cited in (select near.record from near)
    group by edge.citing, edge.cited, near.steps
    order by near.steps, edge.citing, edge.cited
    limit ${citationsMax}`.execute(tx);
  return rows;
}

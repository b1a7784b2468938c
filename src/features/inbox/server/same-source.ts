import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';

/** How far a way is followed from a record to what it draws on. */
const stepsMax = 8;

/**
 * ACC-19: of each of these records, how many of the others go back to a source that it goes back to itself, or are that
 * source; as far as the reader sees who cites what. Records that share nothing are absent.
 */
export async function sameSourceCounts(tx: Tx, records: readonly RecordId[]): Promise<ReadonlyMap<RecordId, number>> {
  if (records.length < 2) return new Map();
  const { rows } = await sql<{ item: RecordId; source: RecordId }>`with recursive way as (
      select item, item as source, 0 as steps from unnest(${records}::uuid[]) as item
      union
      select way.item, cite.cited_record, way.steps + 1
      from way
      join record_cite cite on cite.record_id = way.source
      join record_head head on head.hash = cite.hash and head.state = 'active'
      where way.steps < ${stepsMax}
    )
    select distinct item, source from way`.execute(tx);
  return othersOfOneSource(rows);
}

export function othersOfOneSource(
  ways: readonly { readonly item: RecordId; readonly source: RecordId }[],
): ReadonlyMap<RecordId, number> {
  const bySource = Map.groupBy(ways, ({ source }) => source);
  const others = new Map<RecordId, Set<RecordId>>();
  for (const sharing of bySource.values()) {
    for (const { item } of sharing) {
      const found = others.get(item) ?? new Set();
      for (const other of sharing) if (other.item !== item) found.add(other.item);
      if (found.size > 0) others.set(item, found);
    }
  }
  return new Map([...others].map(([item, found]) => [item, found.size]));
}

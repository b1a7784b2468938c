import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';

export type RequestDirection = 'to-us' | 'ours';

/** More than an officer could look at; the rest comes up as these are closed. */
const requestsMax = 500;

/**
 * Requests that this reader sees, the soonest due first. Open: one of ours while a recipient owes its final answer, one
 * to us while we do; a recipient that refused the request at its door, or may not have it, owes nothing.
 */
export async function requestsIn(
  tx: Tx,
  self: ServiceId,
  asked: { readonly direction?: RequestDirection; readonly state: 'open' | 'closed' },
): Promise<readonly RecordId[]> {
  const side = sideOf(asked.direction, self);
  const { rows } = await sql<{ record: RecordId }>`with final as materialized (
      select distinct link.target_record as record, answer.origin as party
      from record_head answer
      join record_link link on link.hash = answer.hash and link.type = 'replies-to'
      join disclosure said on said.hash = answer.hash and said.path = 'body/answer'
      where answer.kind = 'answer' and answer.state = 'active'
        and said.value #>> '{}' in ('full', 'no-information', 'refused')
    ),
    owed as materialized (
      select asked.record from (
        select head.record_id as record, ${self} as party from record_head head
        where head.kind = 'request' and head.origin <> ${self}
        union
        select release.record_id, release.recipient from release
        join record_head head on head.record_id = release.record_id
        where head.kind = 'request' and head.origin = ${self} and release.state <> 'refused'
      ) asked
      where (asked.record, asked.party) not in (select final.record, final.party from final)
    )
    select head.record_id as record
    from record_head head
    join disclosure due on due.hash = head.hash and due.path = 'body/respondBy'
    where head.kind = 'request' and head.state = 'active' and ${side}
      and (head.record_id in (select owed.record from owed)) = ${asked.state === 'open'}
    order by due.value #>> '{}' ${asked.state === 'open' ? sql`asc` : sql`desc`}, head.record_id
    limit ${requestsMax}`.execute(tx);
  return rows.map(({ record }) => record);
}

function sideOf(direction: RequestDirection | undefined, self: ServiceId): RawBuilder<boolean> {
  if (direction === undefined) return sql`true`;
  return direction === 'ours' ? sql`head.origin = ${self}` : sql`head.origin <> ${self}`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { fairShare } from './fair-share.ts';

export type RequestDirection = 'to-us' | 'ours';

/** Where a request stands in the list: the next page begins after the last one of this. */
export interface RequestPlace {
  readonly share: number;
  /** As its record has it: RFC 3339, UTC, to the second. */
  readonly due: string;
  readonly record: RecordId;
}

export interface RequestsAsked {
  readonly direction?: RequestDirection;
  readonly state: 'open' | 'closed';
  readonly after?: RequestPlace | null;
  readonly limit?: number;
  /** Of each service no more than its first so many, in tens. */
  readonly sharesMax?: number;
}

/**
 * Requests that this reader sees, the soonest due first; of those open, every service has its share of the first places.
 * Open: one of ours while a recipient owes its final answer, one to us while we do; a recipient that refused the request at
 * its door, or may not have it, owes nothing.
 */
export async function requestsIn(tx: Tx, self: ServiceId, asked: RequestsAsked): Promise<readonly RequestPlace[]> {
  const side = sideOf(asked.direction, self);
  const isOpen = asked.state === 'open';
  const { after = null, limit = null, sharesMax = null } = asked;
  const { rows } = await sql<RequestPlace>`with final as materialized (
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
    ),
    asked as (
      select head.record_id as record, head.origin, due.value #>> '{}' as due
      from record_head head
      join disclosure due on due.hash = head.hash and due.path = 'body/respondBy'
      where head.kind = 'request' and head.state = 'active' and ${side}
        and (head.record_id in (select owed.record from owed)) = ${isOpen}
    ),
    placed as (
      select record, due, ${isOpen ? fairShare(sql`origin`, sql`due, record`) : sql`0`} as share from asked
    )
    select share, due, record from placed
    where ${after === null ? sql`true` : behind(after, isOpen)}
      and ${sharesMax === null ? sql`true` : sql`share < ${sharesMax}`}
    order by share, due ${isOpen ? sql`asc` : sql`desc`}, record
    limit ${limit}`.execute(tx);
  return rows;
}

function behind({ share, due, record }: RequestPlace, isOpen: boolean): RawBuilder<boolean> {
  const isLater = isOpen ? sql`due > ${due}` : sql`due < ${due}`;
  return sql`(share > ${share} or (share = ${share} and (${isLater} or (due = ${due} and record > ${record}::uuid))))`;
}

function sideOf(direction: RequestDirection | undefined, self: ServiceId): RawBuilder<boolean> {
  if (direction === undefined) return sql`true`;
  return direction === 'ours' ? sql`head.origin = ${self}` : sql`head.origin <> ${self}`;
}

/** Which records stand in an officer's inbox, and why. Row-level security decides what the officer sees of it at all. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { may } from '../../abilities.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { InboxItem } from '../contract.ts';
import type { Place } from './cursor.ts';
import { saysAll } from './search-text.ts';

export type View = 'waiting' | 'arrived' | 'sent';

export interface ItemRow {
  readonly record: RecordId;
  readonly kind: string;
  readonly origin: ServiceId;
  readonly hash: RecordHash;
  readonly at: Date;
  readonly level: number;
  readonly language: string;
  readonly ours: boolean;
  readonly unread: boolean;
  readonly reason: InboxItem['reason'];
}

const views: { readonly [V in View]: RawBuilder<SqlBool> } = {
  waiting: sql`reason <> 'arrived'`,
  arrived: sql`not ours`,
  // Assents speak of an agreement, and are seen there.
  sent: sql`ours and kind <> 'assent' and exists (select 1 from release x where x.record_id = item.record)`,
};

/** One page, the newest first. */
export async function itemPage(
  tx: Tx,
  reader: { readonly officer: SignedInOfficer; readonly self: ServiceId },
  asked: { readonly view: View; readonly q: string; readonly after: Place | null; readonly limit: number },
): Promise<readonly ItemRow[]> {
  const { view, q, after, limit } = asked;
  const later =
    after === null ? sql`true` : sql`(at, record) < (${new Date(after.at)}::timestamptz, ${after.record}::uuid)`;
  const { rows } = await sql<ItemRow>`${itemsOf(reader)}
    select * from item
    where ${views[view]} and ${later} and ${saysAll(sql`item.hash`, q)}
    order by at desc, record desc
    limit ${limit}`.execute(tx);
  return rows;
}

export async function itemCounts(
  tx: Tx,
  reader: { readonly officer: SignedInOfficer; readonly self: ServiceId },
): Promise<{ waiting: number; unread: number }> {
  const { rows } = await sql<{ waiting: number; unread: number }>`${itemsOf(reader)}
    select
      count(*) filter (where ${views.waiting})::int as waiting,
      count(*) filter (where unread and ${views.arrived})::int as unread
    from item`.execute(tx);
  return rows[0] ?? { waiting: 0, unread: 0 };
}

/** Every current record that is no service card, with the one most pressing reason why it would stand in the inbox. */
function itemsOf({ officer, self }: { officer: SignedInOfficer; self: ServiceId }) {
  const can = (ability: Parameters<typeof may>[1]) => sql`${may(officer.role, ability)}::boolean`;
  return sql`with answer as materialized (
      select link.target_record, revision.kind, said.value as said
      from record_link link
      join record_revision revision on revision.hash = link.hash
      left join disclosure said on said.hash = link.hash and said.path in ('body/decision', 'body/results')
      where link.type = 'replies-to' and revision.origin = ${self} and revision.kind in ('disposition', 'outcome')
    ),
    mark as materialized (
      select record_id, hash, read_at from read_mark where officer = ${officer.id}::uuid
    ),
    item as (
      select head.record_id as record, head.kind, head.origin, head.hash, head.updated_at as at,
        revision.level, revision.language, head.origin = ${self} as ours, is_read.hash is null as unread,
        case
          when ${can('decide')} and head.kind = 'report' and head.origin <> ${self}
            and not exists (select 1 from answer a where a.target_record = head.record_id and a.kind = 'disposition')
            then 'to-decide'
          when ${can('report-outcome')} and head.kind = 'report' and head.origin <> ${self}
            and exists (select 1 from answer a where a.target_record = head.record_id and a.said = '"act"'::jsonb)
            and not exists (
              select 1 from answer a where a.target_record = head.record_id and a.kind = 'outcome'
                and not a.said @> '[{"result":"none-yet"}]'::jsonb
            ) then 'outcome-due'
          when ${can('agree')} and head.kind = 'agreement' and head.origin <> ${self}
            and exists (
              select 1 from agreement a
              where a.record_id = head.record_id and a.hash = head.hash and a.our_assent_at is null and a.ended_at is null
            ) then 'assent-due'
          when head.origin <> ${self} and head.kind in ('disposition', 'outcome') and is_read.hash is null
            then 'answer-arrived'
          when head.origin = ${self} and exists (
              select 1 from release x
              where x.hash = head.hash and x.state = 'refused' and (is_read.read_at is null or is_read.read_at < x.refused_at)
            ) then 'refused'
          else 'arrived'
        end as reason
      from record_head head
      join record_revision revision on revision.hash = head.hash
      left join mark is_read on is_read.record_id = head.record_id and is_read.hash = head.hash
      where head.state = 'active' and head.kind <> 'service'
    )`;
}

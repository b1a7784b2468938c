/** Which records stand in an officer's inbox, and why. Row-level security decides what the officer sees of it at all. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type Ability, may } from '../../abilities.ts';
import { fairShare } from '../../fair-share.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { InboxItem } from '../contract.ts';
import type { Place } from './cursor.ts';
import type { DueRequests } from './due-requests.ts';
import { saysAll } from './search-text.ts';

export type View = 'waiting' | 'arrived' | 'sent';

/** Whose inbox, and what of requests is due in it now. */
export interface ItemReader {
  readonly officer: SignedInOfficer;
  readonly self: ServiceId;
  readonly due: DueRequests;
}

export interface ItemRow {
  readonly record: RecordId;
  readonly kind: string;
  readonly origin: ServiceId;
  readonly hash: RecordHash;
  readonly at: Date;
  readonly ours: boolean;
  readonly unread: boolean;
  readonly reason: InboxItem['reason'];
  readonly share: number;
  readonly calm: number;
}

const views: { readonly [V in View]: RawBuilder<SqlBool> } = {
  waiting: sql`reason <> 'arrived'`,
  arrived: sql`not ours`,
  // Assents speak of an agreement, and are seen there.
  sent: sql`ours and kind <> 'assent' and record in (
    select x.record_id from release x union all select a.correction from correction_ask a
  )`,
};

/**
 * One page, the newest first. Of what waits, what is marked immediate comes before it, and every service has its share of
 * the first places.
 */
export async function itemPage(
  tx: Tx,
  reader: ItemReader,
  asked: { readonly view: View; readonly q: string; readonly after: Place | null; readonly limit: number },
): Promise<readonly ItemRow[]> {
  const { view, q, after, limit } = asked;
  const { rows } = await sql<ItemRow>`${itemsOf(reader)},
    shown as materialized (
      select item.*, ${view === 'waiting' ? calm : sql`0`} as calm from item
      where ${views[view]} and ${saysAll(sql`hash`, q)}
    ),
    placed as (
      select shown.*, ${view === 'waiting' ? share : sql`0`} as share from shown
    )
    select * from placed
    where ${after === null ? sql`true` : behind(after)}
    order by share, calm, at desc, record desc
    limit ${limit}`.execute(tx);
  return rows;
}

const calm = sql`case when exists (
    select 1 from disclosure u
    where u.hash = item.hash and u.path = 'body/urgency' and u.value = '"immediate"'::jsonb
  ) then 0 else 1 end`;
const share = fairShare(sql`origin`, sql`calm, at desc, record desc`);

function behind({ share, calm, at, record }: Place): RawBuilder<SqlBool> {
  return sql`(share > ${share} or (share = ${share} and (calm > ${calm} or (calm = ${calm}
    and (at, record) < (${new Date(at)}::timestamptz, ${record}::uuid)))))`;
}

export async function itemCounts(tx: Tx, reader: ItemReader): Promise<{ waiting: number; unread: number }> {
  const { rows } = await sql<{ waiting: number; unread: number }>`${itemsOf(reader)}
    select
      count(*) filter (where ${views.waiting})::int as waiting,
      count(*) filter (where unread and ${views.arrived})::int as unread
    from item`.execute(tx);
  return rows[0] ?? { waiting: 0, unread: 0 };
}

/**
 * Every current record that is no service card, with the one most pressing reason why it would stand in the inbox. What
 * depends on other tables is gathered once for all records and joined, for a question per record grows with its square.
 */
function itemsOf({ officer, self, due }: ItemReader) {
  const can = (ability: Ability) => sql`${may(officer.role, ability)}::boolean`;
  return sql`with answered as materialized (
      select link.target_record as record_id,
        bool_or(answer.kind = 'disposition') as decided,
        bool_or(said.value = '"act"'::jsonb) as to_act,
        bool_or(answer.kind = 'outcome' and not said.value @> '[{"result":"none-yet"}]'::jsonb) as done
      from record_link link
      join record_head answer on answer.hash = link.hash
      left join disclosure said on said.hash = link.hash and said.path in ('body/decision', 'body/results')
      where link.type = 'replies-to' and answer.origin = ${self} and answer.kind in ('disposition', 'outcome')
      group by link.target_record
    ),
    refusal as materialized (
      select hash, max(refused_at) as at from release where state = 'refused' group by hash
    ),
    proposal as materialized (
      select record_id, hash from agreement where our_assent_at is null and ended_at is null
    ),
    corrected as materialized (
      select link.target_record as record_id
      from record_link link
      join record_head answer on answer.hash = link.hash
      where link.type = 'replies-to' and answer.origin = ${self} and answer.kind = 'correction-answer'
    ),
    -- COR-2: a later correction of the same record takes the place of an earlier one
    superseded as materialized (
      select distinct earlier.record_id
      from correction earlier
      join correction later on later.about_record = earlier.about_record and later.about_revision > earlier.about_revision
    ),
    -- COR-3: the newest change of a source decides, and only while the current revision still cites what was before it
    flagged as materialized (
      select distinct flag.citing_record as record_id
      from citation_flag flag
      join record_head citing on citing.record_id = flag.citing_record
      join record_cite cite on cite.hash = citing.hash
        and cite.cited_record = flag.cited_record and cite.cited_revision < flag.cited_revision
      where not exists (
          select 1 from citation_review review
          where review.citing_record = flag.citing_record and review.cited_record = flag.cited_record
            and review.cited_hash = flag.cited_hash
        )
        and not exists (
          select 1 from citation_flag newer
          where newer.citing_record = flag.citing_record and newer.cited_record = flag.cited_record
            and newer.cited_revision > flag.cited_revision
        )
    ),
    due as materialized (
      select * from unnest(${due.records}::uuid[], ${due.reasons}::text[]) as due (record_id, reason)
    ),
    -- COR-3: what is asked about a record that was taken back is closed with it; nothing waits for an answer any more
    standing as materialized (
      select link.hash
      from record_link link
      join record_head target on target.record_id = link.target_record and target.state = 'active'
      where link.type = 'about'
    ),
    item as (
      select head.record_id as record, head.kind, head.origin, head.hash, head.updated_at as at,
        head.origin = ${self} as ours, mark.hash is null as unread,
        case
          when due.reason is not null then due.reason
          when head.origin = ${self} and flagged.record_id is not null and ${can('compose')} then 'citation-review-due'
          when head.origin = ${self} then
            case when refusal.at > coalesce(mark.read_at, '-infinity') then 'refused' else 'arrived' end
          when head.kind = 'correction' and ${can('answer-correction')} and corrected.record_id is null
            and superseded.record_id is null
            then 'correction-due'
          when head.kind = 'correction-answer' and mark.hash is null then 'correction-answered'
          when head.kind = 'permission-request' and ${can('permit')} and settled.request is null
            and standing.hash is not null then 'permission-asked'
          when head.kind = 'permission' and mark.hash is null then 'permission-decided'
          when head.kind = 'report' and ${can('decide')} and answered.decided is not true then 'to-decide'
          when head.kind = 'report' and ${can('report-outcome')} and answered.to_act and answered.done is not true
            then 'outcome-due'
          when head.kind = 'agreement' and ${can('agree')} and proposal.hash is not null then 'assent-due'
          when head.kind in ('disposition', 'outcome', 'answer') and mark.hash is null then 'answer-arrived'
          else 'arrived'
        end as reason
      from record_head head
      left join read_mark mark
        on mark.record_id = head.record_id and mark.officer = ${officer.id}::uuid and mark.hash = head.hash
      left join answered on answered.record_id = head.record_id
      left join refusal on refusal.hash = head.hash
      left join due on due.record_id = head.record_id
      left join superseded on superseded.record_id = head.record_id
      left join (select distinct record_id from corrected) corrected on corrected.record_id = head.record_id
      left join (select distinct request from permission) settled on settled.request = head.record_id
      left join (select distinct hash from standing) standing on standing.hash = head.hash
      left join flagged on flagged.record_id = head.record_id
      left join proposal on proposal.record_id = head.record_id and proposal.hash = head.hash
      where head.state = 'active' and head.kind <> 'service'
    )`;
}

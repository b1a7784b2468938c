/** How far each release of our own records is, per recipient: queued → delivered → read → decided → outcome, or refused. */
import { type SqlBool, sql } from 'kysely';
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type RefusalCode, ruleOfRefusal } from '#src/protocol/refusal.ts';
import type { Delivery as DeliverySchema } from './contract.ts';
import type { Briefs } from './service-briefs.ts';

export type Delivery = Static<typeof DeliverySchema>;

/** By record, each recipient once, in the order in which they were given it. Holds only what the reader may see. */
export async function deliveriesOf(
  tx: Tx,
  records: readonly RecordId[],
  self: ServiceId,
  briefs: Briefs,
): Promise<ReadonlyMap<RecordId, Delivery[]>> {
  const board = new Map<RecordId, Delivery[]>();
  if (records.length === 0) return board;
  const releases = await releasesOf(tx, records);
  const answers = await answersTo(tx, records, self);
  for (const release of releases) {
    const mine = answers.filter((one) => one.target === release.record_id && one.origin === release.recipient);
    const deliveries = board.get(release.record_id) ?? [];
    // A later revision's release stands for the recipient: its answers are to the record, whatever the revision.
    const others = deliveries.filter(({ recipient }) => recipient.id !== release.recipient);
    board.set(release.record_id, [...others, deliveryOf(release, mine, self, briefs)]);
  }
  return board;
}

type Release = Awaited<ReturnType<typeof releasesOf>>[number];

function releasesOf(tx: Tx, records: readonly RecordId[]) {
  const portions = sql<string[]>`array(
    select d.digest from disclosure d where d.hash = release.hash and d.path like 'portions/%'
  )`;
  return tx
    .selectFrom('release')
    .select(['id', 'record_id', 'hash', 'recipient', 'state', 'released_at', 'delivered_at', 'read_at'])
    .select(['refused_at', 'refused_code', 'refused_by', 'digests', 'withheld', portions.as('portions')])
    .where('record_id', 'in', records)
    .orderBy('released_at')
    .orderBy('id')
    .execute();
}

interface Answer {
  readonly target: RecordId;
  readonly record: RecordId;
  readonly origin: ServiceId;
  readonly kind: 'disposition' | 'outcome';
  readonly at: Date;
  readonly decision: string | null;
}

/** Dispositions and outcomes that partners sent; an outcome of "none yet" is a word in between and no outcome. */
async function answersTo(tx: Tx, records: readonly RecordId[], self: ServiceId): Promise<Answer[]> {
  const rows = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_head as head', 'head.hash', 'link.hash')
    .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
    .leftJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'link.hash').on('said.path', 'in', ['body/decision', 'body/results']),
    )
    .select(['link.target_record as target', 'answer.record_id as record', 'answer.origin', 'answer.kind'])
    .select(['answer.stored_at as at', 'said.value as said'])
    .where('link.type', '=', 'replies-to')
    .where('link.target_record', 'in', records)
    .where('answer.kind', 'in', ['disposition', 'outcome'])
    .where('answer.origin', '<>', self)
    .where('head.state', '=', 'active')
    .where(sql<SqlBool>`said.value is null or not said.value @> '[{"result":"none-yet"}]'`)
    .orderBy('answer.stored_at')
    .execute();
  return rows.map(({ kind, said, ...row }) => ({
    ...row,
    kind: kind === 'outcome' ? 'outcome' : 'disposition',
    decision: typeof said === 'string' ? said : null,
  }));
}

function deliveryOf(release: Release, answers: readonly Answer[], self: ServiceId, briefs: Briefs): Delivery {
  const decision = answers.findLast(({ kind }) => kind === 'disposition');
  const outcome = answers.findLast(({ kind }) => kind === 'outcome');
  return {
    recipient: briefs(release.recipient),
    step: stepOf(release, decision, outcome),
    queuedAt: release.released_at.toISOString(),
    deliveredAt: release.delivered_at?.toISOString() ?? null,
    readAt: release.read_at?.toISOString() ?? null,
    decidedAt: decision?.at.toISOString() ?? null,
    decision: decision ? { record: decision.record, decision: decision.decision ?? '' } : null,
    outcomeAt: outcome?.at.toISOString() ?? null,
    outcome: outcome ? { record: outcome.record } : null,
    refusal: refusalOf(release, self),
    portionsWithheld: release.portions.filter((digest) => isWithheld(digest, release)).length,
  };
}

function stepOf(release: Release, decision: Answer | undefined, outcome: Answer | undefined): Delivery['step'] {
  if (release.state === 'refused') return 'refused';
  if (outcome) return 'outcome';
  if (decision) return 'decided';
  if (release.read_at) return 'read';
  return release.delivered_at ? 'delivered' : 'queued';
}

/** Until it is sent, what the releasing officer holds back; then what really stayed here. */
function isWithheld(digest: string, { digests, withheld }: Release): boolean {
  return digests === null ? withheld.includes(digest) : !digests.includes(digest);
}

function refusalOf({ state, refused_code, refused_at, refused_by }: Release, self: ServiceId): Delivery['refusal'] {
  if (state !== 'refused' || refused_code === null || refused_at === null) return null;
  // A partner may name a code that a later version of the protocol knows: it is shown without a rule of ours.
  const known = Object.hasOwn(ruleOfRefusal, refused_code);
  return {
    code: refused_code,
    rule: known ? ruleOfRefusal[refused_code as RefusalCode] : '',
    by: refused_by === self ? 'us' : 'them',
    at: refused_at.toISOString(),
  };
}

import type { SelectQueryBuilder } from 'kysely';
import type { Clock } from '#src/ports/clock.ts';
import type { Tx } from '#src/ports/database.ts';
import type { Tables } from '#src/ports/tables.ts';
import { agreementInForce } from '#src/protocol/admission/agreement-terms.ts';
import { clockOffMsMin } from '#src/protocol/exchange/clock-off.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import type { CalendarDate, ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller } from '../../handlers.ts';
import { partnerActs, problemOfPartnerAct } from '../../partner-acts.ts';
import { resemblances } from '../../resembling-names.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import type { AgreementView, PartnerView } from '../contract.ts';

const refusalsShown = 20;

/** One partner as a screen shows it: who it is, what was agreed, how the link is. `not-found` for ourselves. */
export function partnerView(clock: Clock) {
  return async (tx: Tx, id: ServiceId, caller: Caller): Promise<PartnerView | Refusal> => {
    const row = await partnerRows(tx).where('id', '=', id).executeTakeFirst();
    return row === undefined ? refuse('not-found') : viewOf(tx, row, { caller, clock, ...(await known(tx)) });
  };
}

export async function partnerViews(tx: Tx, caller: Caller, clock: Clock): Promise<PartnerView[]> {
  const reading = { caller, clock, ...(await known(tx)) };
  const views: PartnerView[] = [];
  for (const row of await partnerRows(tx).orderBy('code').execute()) views.push(await viewOf(tx, row, reading));
  return views;
}

interface Reading {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly briefs: Briefs;
  readonly alike: ReturnType<typeof resemblances>;
}

async function known(tx: Tx): Promise<Pick<Reading, 'briefs' | 'alike'>> {
  const all = await tx.selectFrom('service').select(['id', 'code', 'names']).orderBy('code').execute();
  return { briefs: await serviceBriefs(tx), alike: resemblances(all) };
}

function partnerRows(tx: Tx) {
  return tx
    .selectFrom('service')
    .select(['id', 'code', 'names', 'url', 'confirmed_at', 'revoked_at', 'vouched_by'])
    .where('is_self', '=', false);
}
type PartnerRow = Awaited<ReturnType<ReturnType<typeof partnerRows>['execute']>>[number];

async function viewOf(tx: Tx, row: PartnerRow, { caller, clock, briefs, alike }: Reading): Promise<PartnerView> {
  const { id, code, names, url, confirmed_at, revoked_at, vouched_by } = row;
  const { role } = caller.officer;
  const confirmed = confirmed_at !== null;
  const link = await linkWith(tx, id);
  const standing = { isRevoked: revoked_at !== null, isConfirmed: confirmed, isStopped: link.status === 'stopped' };
  return {
    service: { id, code, names },
    url,
    spoken: spokenFingerprint(id),
    confirmedAt: confirmed_at?.toISOString() ?? null,
    // Once its fingerprint was compared, nobody needs to vouch for it any more.
    vouchedBy: confirmed || vouched_by === null ? null : briefs(vouched_by),
    resembles: (alike.get(id) ?? []).map(briefs),
    revokedAt: revoked_at?.toISOString() ?? null,
    agreements: await agreementsWith(tx, id, new Date(clock.now()).toISOString().slice(0, 10)),
    link,
    // ACC-22: who runs the node sees none of the records, which is not to say that there are none.
    exchanged: role === 'administrator' ? null : await tally(tx, id),
    allowed: partnerActs.filter((act) => problemOfPartnerAct(act, standing, role) === null),
  };
}

async function agreementsWith(tx: Tx, partner: ServiceId, today: CalendarDate): Promise<AgreementView[]> {
  const rows = await tx
    .selectFrom('agreement')
    .leftJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'agreement.hash').on('title.path', '=', 'title'),
    )
    .selectAll('agreement')
    .select('title.value as title')
    .where('partner', '=', partner)
    // REC-5: a revision stands here until a newer one that both assented to replaces it.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('agreement as newer')
            .select('newer.hash')
            .whereRef('newer.record_id', '=', 'agreement.record_id')
            .whereRef('newer.revision', '>', 'agreement.revision')
            .where('newer.our_assent_at', 'is not', null)
            .where('newer.their_assent_at', 'is not', null),
        ),
      ),
    )
    .orderBy('valid_from', 'desc')
    .orderBy('record_id', 'desc')
    .orderBy('agreement.revision', 'desc')
    .execute();
  return rows.map((row) => ({
    record: row.record_id,
    hash: row.hash,
    title: typeof row.title === 'string' ? row.title : '',
    ceiling: row.ceiling,
    compartments: row.compartments,
    purposes: row.purposes,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    oversightIncluded: row.oversight_included,
    ourAssentAt: row.our_assent_at?.toISOString() ?? null,
    theirAssentAt: row.their_assent_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    inForce: agreementInForce(
      {
        ceiling: row.ceiling,
        compartments: row.compartments,
        purposes: row.purposes,
        validFrom: row.valid_from,
        validUntil: row.valid_until,
        ourAssentAt: row.our_assent_at?.getTime() ?? null,
        theirAssentAt: row.their_assent_at?.getTime() ?? null,
        endedAt: row.ended_at?.getTime() ?? null,
      },
      today,
    ),
  }));
}

async function linkWith(tx: Tx, peer: ServiceId): Promise<PartnerView['link']> {
  const row = await tx
    .selectFrom('link')
    .select(['state', 'next_attempt_at', 'last_contact_at', 'last_failure_at', 'clock_ahead_ms'])
    .where('peer', '=', peer)
    .executeTakeFirst();
  const refusals = await tx
    .selectFrom('inbound_refusal')
    .select(['code', 'at'])
    .where('peer', '=', peer)
    .orderBy('id', 'desc')
    .limit(refusalsShown)
    .execute();
  return {
    ...progressOf(row?.state),
    waiting: await count(tx.selectFrom('outbox').where('peer', '=', peer).where('sequence', 'is', null)),
    lastContactAt: row?.last_contact_at?.toISOString() ?? null,
    lastFailureAt: row?.last_failure_at?.toISOString() ?? null,
    nextAttemptAt: row?.next_attempt_at?.toISOString() ?? null,
    clockAheadMs: clockOff(row?.clock_ahead_ms ?? null),
    refusals: refusals.map(({ code, at }) => ({ code, at: at.toISOString() })),
  };
}

/** EXC-6: what is worth a warning. */
const clockOff = (aheadMs: number | null) => (aheadMs !== null && Math.abs(aheadMs) > clockOffMsMin ? aheadMs : null);

/** A link over which nothing went yet is open and empty. */
function progressOf(state: LinkState | undefined) {
  return {
    status: state?.status ?? 'open',
    stoppedBy: state?.stoppedBy ?? null,
    unreceipted: state?.out.unreceipted.length ?? 0,
    sentThrough: state === undefined ? 0 : state.out.next - 1,
    receivedThrough: state?.in.through ?? 0,
  };
}

/** What was given and received, as far as this officer sees it; the records that found trust do not count. */
async function tally(tx: Tx, partner: ServiceId): Promise<{ given: number; received: number }> {
  const informing = ['report', 'disposition', 'outcome', 'answer'];
  return {
    given: await count(
      tx
        .selectFrom('release')
        .innerJoin('record_revision', 'record_revision.hash', 'release.hash')
        .where('recipient', '=', partner)
        .where('state', '<>', 'refused')
        .where('kind', 'in', informing),
    ),
    received: await count(tx.selectFrom('record_head').where('origin', '=', partner).where('kind', 'in', informing)),
  };
}

async function count(rows: SelectQueryBuilder<Tables, keyof Tables, object>): Promise<number> {
  const { n } = await rows.select(({ fn }) => fn.countAll<string>().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}

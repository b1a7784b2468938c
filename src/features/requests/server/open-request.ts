/** A request on which something is still awaited, held against whoever else acts on it until the transaction ends. */
import { sql } from 'kysely';
import type { Signing } from '#src/engine/deps.ts';
import { storedKeyOf } from '#src/engine/stored-keys.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { Purpose, VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { markingOfRevision } from '../../author-marking.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import { type TimedRequest, timedRequests } from '../../request-lines.ts';
import { nameResolved } from '../../resolving.ts';
import type { AskedRequest } from './answer-draft.ts';
import { type RequestAct, refusedRequestAct } from './request-acts.ts';

interface Here {
  readonly database: Database;
  readonly self: ServiceId;
  readonly now: UnixMs;
  readonly role: OfficerRole;
}

/** A partner's request that we have not answered for good. */
export async function askedRequest(tx: Tx, id: RecordId, here: Here): Promise<AskedRequest | Refusal> {
  const open = await openRequest(tx, 'answer', id, here);
  if (isRefusal(open)) return open;
  const row = await tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as request', 'request.hash', 'head.hash')
    .selectAll('request')
    .where('head.record_id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    reference: { origin: row.origin, record: row.record_id, revision: row.revision, hash: row.hash },
    // What was verified before it was stored.
    purpose: row.purpose as Purpose,
    legalBasis: row.legal_basis,
    desks: await desksOf(tx, id),
    marking: joinMarkings([markingOfRevision(row, [row.origin])]),
  };
}

export interface OwnRequest {
  readonly record: VerifiedRecord;
  readonly recipients: readonly ServiceId[];
  readonly desks: readonly string[];
}

/** An own request that somebody has not answered for good, whole, with everyone who was asked. */
export async function ownRequest(
  tx: Tx,
  unit: StoreUnit,
  id: RecordId,
  here: Here & { readonly signing: Signing },
): Promise<OwnRequest | Refusal> {
  const open = await openRequest(tx, 'clarify', id, here);
  if (isRefusal(open)) return open;
  const head = await unit.head(id);
  const sdJwt = head && (await unit.sdJwt(head.hash));
  if (!sdJwt) throw new Error('a request that was just read is gone');
  const record = verifyRecord(sdJwt, await storedKeyOf(unit, here.self), here.signing.primitives);
  if (isRefusal(record)) throw new Error(`a kept record of our own does not verify: ${record.code}`);
  // The next revision says all that this one says: whoever cannot read all of it would leave something out.
  if (record.portions.length !== (await portionsOf(tx, record.hash))) {
    return refuse('above-own-clearance', { at: '/portions' });
  }
  return { record, recipients: open.lines.map(({ service }) => service), desks: await desksOf(tx, id) };
}

async function openRequest(tx: Tx, act: RequestAct, id: RecordId, here: Here): Promise<TimedRequest | Refusal> {
  await oneAtATime(tx, `answers to ${id}`);
  const [request] = await timedRequests(tx, [id], here);
  if (request === undefined)
    return (await isTakenBack(tx, id, here)) ? refuse('record-withdrawn') : refuse('not-found');
  return refusedRequestAct(act, request, here.self, here.role) ?? request;
}

/** COR-3: a question that was taken back is answered no more, and whoever tries is told so. */
async function isTakenBack(tx: Tx, id: RecordId, { database }: Here): Promise<boolean> {
  await nameResolved(database, tx, id);
  const head = await tx
    .selectFrom('record_head')
    .select('state')
    .where('record_id', '=', id)
    .where('kind', '=', 'request')
    .executeTakeFirst();
  return head !== undefined && head.state !== 'active';
}

/** How many portions an own revision has, by its list of who may have each; whoever sees the record sees that list. */
async function portionsOf(tx: Tx, hash: RecordHash): Promise<number> {
  const row = await tx
    .selectFrom('disclosure')
    .select(sql<number>`jsonb_array_length(value -> 'portions')`.as('portions'))
    .where('hash', '=', hash)
    .where('path', '=', 'releasableTo')
    .executeTakeFirstOrThrow();
  return row.portions;
}

async function desksOf(tx: Tx, record: RecordId): Promise<string[]> {
  const rows = await tx.selectFrom('record_desk').select('desk').where('record_id', '=', record).execute();
  return rows.map(({ desk }) => desk);
}

/** A record that a partner sent: verify, admit, keep; or hold; or refuse with a code that goes back (ADM-1). */
import { kindOf } from '#src/kinds/index.ts';
import type { HeldMessage, StoreUnit } from '#src/ports/store.ts';
import { admitRecord, type HeldTarget } from '#src/protocol/admission/admit-record.ts';
import { type PermissionStanding, permissionStanding } from '#src/protocol/admission/permission.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { verifyArriving } from './arriving-keys.ts';
import { oneByOne } from './attempt.ts';
import type { Here, Place } from './here.ts';
import { holdWhileUnsure } from './hold-while-unsure.ts';
import { confirmHolding } from './holdings.ts';
import { journalLine } from './issue.ts';
import { refuseMessage } from './refuse-message.ts';
import { askForMissing } from './skipped-revisions.ts';
import type { KeyOf } from './stored-keys.ts';
import { onwardCardOf, vouchFor } from './take-card.ts';
import { applyCorrection, namedRevisions, problemOfCorrectionHere } from './take-correction.ts';
import { dayOf } from './today.ts';
import { agreementAfter } from './trust.ts';

/** Where everything that arrives is first seen; agreements and what must be permitted also by those who sign for it. */
const arrivalDesks = (kind: string) =>
  kind === 'agreement' || kind === 'assent' || kind === 'permission-request' ? ['liaison', 'direction'] : ['liaison'];

/** ADM-2: of one partner. All of it may be tried in one unit of the store, when the revision comes that it waits for. */
const heldMax = 200;

export interface Arrival extends Place {
  readonly sdJwt: string;
}

export async function takeRecord(unit: StoreUnit, arrival: Arrival, here: Here): Promise<void> {
  const { sdJwt } = arrival;
  const jwt = sdJwt.slice(0, sdJwt.indexOf('~'));
  const verify = (keyOf: KeyOf) => verifyRecord(sdJwt, keyOf, here.primitives);
  const record = await verifyArriving(unit, jwt, verify, here.primitives);
  if (isRefusal(record)) return refuseArrival(unit, arrival, null, record.code, here.at);

  const head = await unit.head(record.id);
  const revisions = await unit.revisions(record.id);
  const isFirstDirect = record.origin === arrival.peer && head === null;
  const permissions = isFirstDirect ? [] : await unit.permissionsAbout(record.id);
  const from = relayOf(record, arrival, permissions, here.self);
  const targets = await targetsOf(unit, record);
  const verdict = admitRecord(record, {
    from,
    self: here.self,
    inLetter: arrival.within !== undefined,
    kind: kindOf(record.kind),
    head,
    held: revisions,
    named: head === null ? [] : await namedRevisions(unit, record.id, record.origin),
    agreement: await unit.agreementInForce(from, dayOf(here.at)),
    permissions,
    given: await givenAmong(unit, record, here.self),
    targets,
    today: dayOf(here.at),
  });
  if (isRefusal(verdict)) {
    if (verdict.code === 'revision-equivocation') await keepAsEvidence(unit, record, arrival.peer, here.at);
    return refuseArrival(unit, arrival, record, verdict.code, here.at);
  }
  if (verdict.verdict === 'hold') {
    // ADM-2: what waits for something that never comes would wait for ever.
    if ((await unit.heldCount(arrival.peer)) >= heldMax)
      return refuseArrival(unit, arrival, record, verdict.code, here.at);
    const held: HeldMessage = { ...arrival, code: verdict.code, waitsFor: verdict.waitsFor };
    await unit.hold(held, here.at);
    await unit.appendJournal(
      journalLine(null, 'record.held', record, here.at, { service: arrival.peer, reason: verdict.code }),
    );
    return askForMissing(unit, verdict.waitsFor, arrival, here.at);
  }
  const agreement = await agreementAfter(unit, record, verdict.becomesHead, here.self, here.at);
  if (isRefusal(agreement)) return refuseArrival(unit, arrival, record, agreement.code, here.at);
  const permission = record.kind === 'permission' ? permissionStanding(record) : null;
  if (isRefusal(permission)) return refuseArrival(unit, arrival, record, permission.code, here.at);
  const card = record.kind === 'permission-request' ? onwardCardOf(record, here) : null;
  if (isRefusal(card)) return refuseArrival(unit, arrival, record, card.code, here.at);
  const problem = await problemOfCorrectionHere(unit, record, targets, here.self);
  if (problem !== null) return refuseArrival(unit, arrival, record, problem.code, here.at);
  // ADM-2: a thousand questions would be answered by nobody; those of yesterday are counted no more.
  const most = head === null ? kindOf(record.kind)?.newPerDayMax : undefined;
  if (most !== undefined && here.newToday?.admit(record.origin, record.kind, most, here.at) === false) {
    return refuseMessage(unit, arrival, 'rate-exceeded', here.at, record);
  }
  await unit.putRecord(record, arrival.peer, here.at);
  if (agreement) await unit.putAgreement(agreement);
  if (permission && verdict.becomesHead) await unit.putPermission(permission, here.at);
  if (card) await vouchFor(unit, card, record.origin, here);
  if (verdict.becomesHead) {
    await unit.setHead(
      {
        record: record.id,
        origin: record.origin,
        kind: record.kind,
        hash: record.hash,
        revision: record.revision,
        state: record.status === 'active' ? 'active' : 'quarantined',
      },
      here.at,
    );
  }
  for (const desk of await desksFor(unit, record)) await unit.putOnDesk(record.id, desk, null, here.at);
  await unit.appendJournal(journalLine(null, 'record.admitted', record, here.at, { service: arrival.peer }));
  const isNew = revisions.every(({ hash }) => hash !== record.hash);
  const relay = record.origin === arrival.peer ? firstRelayOf(permissions, here.self) : from;
  if (isNew && relay !== undefined) await confirmHolding(unit, record, relay, here);
  await applyCorrection(unit, record, verdict.becomesHead && head !== null, arrival.peer, here.at);
  await takeHeld(unit, record.hash, here);
}

/**
 * REL-3: by whom a record comes. What is in a letter comes from its origin, whoever carried the letter: it counts as come
 * by the relay that its permission names.
 */
function relayOf(
  record: VerifiedRecord,
  arrival: Arrival,
  permissions: readonly PermissionStanding[],
  self: ServiceId,
): ServiceId {
  if (arrival.within === undefined) return arrival.peer;
  const named = permissions.find(({ onwardTo, about }) => onwardTo === self && about.hash === record.hash);
  return named?.grantee ?? arrival.peer;
}

/** Whose copy we had first, where the origin now sends directly what once came through another: its board still waits for our word. */
function firstRelayOf(permissions: readonly PermissionStanding[], self: ServiceId): ServiceId | undefined {
  return permissions.find(({ use, onwardTo }) => use === 'onward' && onwardTo === self)?.grantee;
}

/** REL-3: which of our own revisions that an answer, a decision or a question names were given to its origin. */
async function givenAmong(unit: StoreUnit, record: VerifiedRecord, self: ServiceId): Promise<Set<RecordHash>> {
  const given = new Set<RecordHash>();
  const kind = kindOf(record.kind);
  if (kind?.speaksOf !== 'others') return given;
  for (const { type, origin, record: id, hash } of record.links) {
    if (!kind.requires.includes(type) || origin !== self) continue;
    const isHolder = (await unit.holdings(id)).some((held) => held.holder === record.origin && held.hash === hash);
    // A correction goes by letters too: whom it was asked of is kept with it.
    const isAsked = async () => (await unit.asks(id)).some(({ holder }) => holder === record.origin);
    if (isHolder || (record.kind === 'correction-answer' && (await isAsked()))) given.add(hash);
  }
  return given;
}

/** Which of the records that it links or cites are held here. */
async function targetsOf(unit: StoreUnit, record: VerifiedRecord): Promise<Map<RecordId, HeldTarget>> {
  const targets = new Map<RecordId, HeldTarget>();
  const named = new Set([...record.links, ...record.cites].map((reference) => reference.record));
  if (named.size > 1) await unit.foresee({ records: [...named] });
  for (const id of named) {
    const head = await unit.head(id);
    if (head === null) continue;
    const { origin, kind, state } = head;
    targets.set(id, { origin, kind, state, revisions: await unit.revisions(id) });
  }
  return targets;
}

/** An answer goes where its question is worked on, a correction where what it corrects is; all is seen by liaison first. */
async function desksFor(unit: StoreUnit, record: VerifiedRecord): Promise<Set<string>> {
  const desks = new Set(arrivalDesks(record.kind));
  const isTold = kindOf(record.kind)?.byRelay === 'to-holders';
  const leads = ({ type }: RecordLink) => type === 'replies-to' || (isTold && type === 'about');
  const questions = new Set(record.links.filter(leads).map((link) => link.record));
  for (const question of questions) for (const desk of await unit.desks(question)) desks.add(desk);
  return desks;
}

/** What waited for this revision, or for the end of a recovery, is decided on now, each by itself (ADM-1). */
export async function takeHeld(unit: StoreUnit, waitsFor: HeldMessage['waitsFor'] & string, here: Here): Promise<void> {
  const each = {
    async take(part: StoreUnit, held: HeldMessage) {
      await part.unhold(held);
      await takeRecord(part, held, here);
    },
    async failed(part: StoreUnit, held: HeldMessage) {
      await part.unhold(held);
      await refuseMessage(part, held, 'message-not-taken', here.at);
    },
  };
  await oneByOne(unit, await unit.heldFor(waitsFor), each, here);
}

/** REC-4: both contradicting revisions are kept, neither stays active. */
async function keepAsEvidence(unit: StoreUnit, record: VerifiedRecord, from: ServiceId, at: UnixMs): Promise<void> {
  await unit.putRecord(record, from, at);
  const head = await unit.head(record.id);
  if (head) await unit.setHead({ ...head, state: 'equivocal' }, at);
}

async function refuseArrival(
  unit: StoreUnit,
  arrival: Arrival,
  record: VerifiedRecord | null,
  code: RefusalCode,
  at: UnixMs,
): Promise<void> {
  // EXC-4: what we lack may come back
  if (await holdWhileUnsure(unit, arrival, code, at)) return;
  return refuseMessage(unit, arrival, code, at, record);
}

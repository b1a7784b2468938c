/** EXC-4: after a restore from backup. What partners hold of us comes back before we issue anything of our own again. */
import type { StoreUnit } from '#src/ports/store.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import { correctionClaims } from '#src/protocol/correction/claims.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { recoveryPageMax, startOfList, takePage } from '#src/protocol/exchange/recovery.ts';
import type { Primitives, RecordHash, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { enterCorrection, eraseHere } from './enter-correction.ts';
import type { Here } from './here.ts';
import { waitsForRecovery } from './hold-while-unsure.ts';
import { journalLine } from './issue.ts';
import { storedKeyOf } from './stored-keys.ts';
import { takeHeld } from './take-record.ts';
import { agreementAfter } from './trust.ts';

/** ADM-2: copies that wait to be given back to one partner at a time. */
const returnedMax = 2 * recoveryPageMax;

/** This node was restored: every partner is asked which records of ours it holds. No clock is believed about that. */
export async function beginRecovery(unit: StoreUnit, at: UnixMs): Promise<void> {
  const underWay = await unit.recovery();
  const asked = new Set(underWay?.partners.map(({ peer }) => peer));
  const partners = (await unit.partners()).map(({ id }) => id).filter((id) => !asked.has(id));
  if (underWay === null) await unit.appendJournal(nodeLine('recovery.began', null, at));
  await unit.beginRecovery(partners, at);
  for (const peer of partners) {
    await unit.enqueue(peer, { message: { type: 'recovery-wanted', after: startOfList.after } }, at);
  }
  if (underWay === null && partners.length === 0) await endRecovery(unit, at);
}

/** A partner was restored: it hears which of its records we hold, one page at a time. Of two questions the later counts. */
export async function listCopies(
  unit: StoreUnit,
  peer: ServiceId,
  asked: RecordHash | null,
  at: UnixMs,
): Promise<void> {
  await unit.dropWaiting(peer, 'copies');
  const { after, hashes } = await unit.listRevisions(peer, asked, recoveryPageMax);
  await unit.enqueue(peer, { message: { type: 'copies', after, hashes } }, at);
  if (hashes.length === 0) await unit.appendJournal(nodeLine('recovery.returned', peer, at));
}

/** It gets back those that it lacks, whole as we hold them. */
export async function returnCopies(
  unit: StoreUnit,
  peer: ServiceId,
  hashes: readonly RecordHash[],
  at: UnixMs,
): Promise<RefusalCode | null> {
  if ((await unit.waitingOf(peer, 'returned', returnedMax)) + hashes.length > returnedMax) return 'rate-exceeded';
  for (const hash of await unit.revisionsAmong(peer, hashes)) {
    const sdJwt = await unit.sdJwt(hash);
    if (sdJwt !== null) await unit.enqueue(peer, { message: { type: 'returned', sdJwt } }, at);
  }
  return null;
}

/** A page of what a partner holds of ours: what is missing here is asked for, until nothing is. */
export async function takeCopies(
  unit: StoreUnit,
  peer: ServiceId,
  page: Extract<Message, { type: 'copies' }>,
  here: Here,
): Promise<void> {
  const place = await unit.recoveryPlace(peer);
  if (place === null) return;
  const taken = takePage(place, page, await unit.revisionsAmong(here.self, page.hashes));
  if (taken.next === 'nothing') return;
  if (taken.next === 'done') return partnerIsDone(unit, peer, here);
  if (taken.next === 'ask') {
    await unit.enqueue(peer, { message: { type: 'copies-wanted', hashes: taken.hashes } }, here.at);
  } else if (taken.withheld > 0) {
    await unit.appendJournal(nodeLine('recovery.withheld', peer, here.at, String(taken.withheld)));
  }
  await unit.setRecoveryPlace(peer, taken.place);
  await unit.enqueue(peer, { message: { type: 'recovery-wanted', after: taken.place.after } }, here.at);
}

/**
 * One of our own records that a partner gives back; a code where it is none. Our signature alone makes it ours, so that it
 * is taken whenever it comes, and takes effect once, by its hash.
 */
export async function takeReturned(
  unit: StoreUnit,
  peer: ServiceId,
  sdJwt: string,
  { self, primitives, at }: Here,
): Promise<RefusalCode | null> {
  const us = await unit.knownService(self);
  const record = verifyRecord(sdJwt, (origin, key) => (origin === self ? us?.signingKeys[key] : undefined), primitives);
  if (isRefusal(record)) return record.code;
  await unit.countReturned(peer);
  const revisions = await unit.revisions(record.id);
  const isNew = !revisions.some(({ hash }) => hash === record.hash);
  if (await isErased(unit, record, primitives)) return null;
  await unit.putRecord(record, null, at);
  const digests = record.disclosures.map(({ digest }) => digest);
  await unit.putHolder({ record: record.id, hash: record.hash, holder: peer, via: null, digests }, 'confirmed', at);
  if (isNew) {
    const contradicts = revisions.some(({ revision }) => revision === record.revision);
    await (contradicts ? keepBoth(unit, record, at) : takeBack(unit, record, self, at));
  }
  return null;
}

/** What was erased here stays erased, whoever still has a copy of an older revision. */
async function isErased(unit: StoreUnit, record: VerifiedRecord, primitives: Primitives): Promise<boolean> {
  const head = await unit.head(record.id);
  if (!head || head.revision <= record.revision) return false;
  const copy = await unit.sdJwt(head.hash);
  const newest = copy === null ? null : verifyRecord(copy, await storedKeyOf(unit, head.origin), primitives);
  return newest !== null && !isRefusal(newest) && newest.status === 'erased';
}

async function takeBack(unit: StoreUnit, record: VerifiedRecord, self: ServiceId, at: UnixMs): Promise<void> {
  const head = await unit.head(record.id);
  const isNewest = !head || head.revision < record.revision;
  const agreement = await agreementAfter(unit, record, isNewest, self, at);
  if (agreement && !isRefusal(agreement)) await unit.putAgreement(agreement);
  if (isNewest) {
    const { id, origin, kind, hash, revision, status } = record;
    const state = status === 'active' ? 'active' : 'quarantined';
    await unit.setHead({ record: id, origin, kind, hash, revision, state }, at);
  }
  await readBack(unit, record, isNewest, at);
  for (const desk of new Set(['liaison', ...(record.desk === undefined ? [] : [record.desk])])) {
    await unit.putOnDesk(record.id, desk, null, at);
  }
  await unit.appendJournal(journalLine(null, 'record.returned', record, at));
}

/** What follows from some kinds beside the record itself, as when it was issued. */
async function readBack(unit: StoreUnit, record: VerifiedRecord, isNewest: boolean, at: UnixMs): Promise<void> {
  const permission = record.kind === 'permission' && isNewest ? permissionStanding(record) : null;
  if (permission && !isRefusal(permission)) await unit.putPermission(permission, at);
  if (record.kind === 'correction' && !isRefusal(correctionClaims(record))) await enterCorrection(unit, record);
  if (record.status === 'erased' && isNewest) await eraseHere(unit, record.id, record.hash, at);
}

/** REC-4: since the restore another revision was issued in the place of this one. Both are kept, neither stays active. */
async function keepBoth(unit: StoreUnit, record: VerifiedRecord, at: UnixMs): Promise<void> {
  const head = await unit.head(record.id);
  if (head) await unit.setHead({ ...head, state: 'equivocal' }, at);
  await unit.appendJournal(journalLine(null, 'record.returned', record, at, { reason: 'revision-equivocation' }));
}

/** A partner has returned everything; the last one ends the recovery. */
async function partnerIsDone(unit: StoreUnit, peer: ServiceId, here: Here): Promise<void> {
  await unit.partnerDone(peer, here.at);
  const recovery = await unit.recovery();
  if (recovery === null || recovery.partners.some(({ doneAt }) => doneAt === null)) return;
  await endRecovery(unit, here.at);
  await tryHeldAgain(unit, here);
}

/** All partners have answered, or a director goes on without them. */
export async function endRecovery(unit: StoreUnit, at: UnixMs): Promise<void> {
  if ((await unit.recovery()) === null) return;
  await unit.endRecovery(at);
  await unit.appendJournal(nodeLine('recovery.ended', null, at));
}

/** A director goes on without the partners that have not answered; what they give back later is still taken. */
export async function goOn(unit: StoreUnit, here: Here): Promise<void> {
  await endRecovery(unit, here.at);
  await tryHeldAgain(unit, here);
}

/** What came while it was not known whether something of ours was missing is decided on now. */
export async function tryHeldAgain(unit: StoreUnit, here: Here): Promise<void> {
  await takeHeld(unit, waitsForRecovery, here);
}

export function nodeLine(act: string, service: ServiceId | null, at: UnixMs, reason: string | null = null) {
  return { at, actorKind: 'node', actor: null, act, record: null, hash: null, service, reason } as const;
}

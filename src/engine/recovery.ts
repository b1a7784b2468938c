/** EXC-4: after a restore from backup. What partners hold of us comes back before we issue anything of our own again. */
import type { StoreUnit } from '#src/ports/store.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import { correctionClaims } from '#src/protocol/correction/claims.ts';
import type { Primitives, ServiceId, UnixMs, UnixSeconds } from '#src/protocol/primitives.ts';
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

/** A day: the clock may have been set back meanwhile. */
const marginSeconds = 86_400;

/** This node was restored: every partner is asked for what it holds of ours since its last batch that we still know. */
export async function beginRecovery(unit: StoreUnit, at: UnixMs): Promise<void> {
  const underWay = await unit.recovery();
  const asked = new Set(underWay?.partners.map(({ peer }) => peer));
  const partners = (await unit.partners()).map(({ id }) => id).filter((id) => !asked.has(id));
  if (underWay === null) await unit.appendJournal(nodeLine('recovery.began', null, at));
  await unit.beginRecovery(partners, at);
  for (const peer of partners) {
    // While we ask, no batch is formed for a link: what we lost was sent to it later than the last one that we know.
    const formedAt = await unit.lastFormedAt(peer);
    const since = formedAt === null ? 0 : Math.max(0, Math.floor(formedAt / 1_000) - marginSeconds);
    await unit.enqueue(peer, { message: { type: 'recovery-wanted', since } }, at);
  }
  if (underWay === null && partners.length === 0) await endRecovery(unit, at);
}

/** A partner was restored: it gets back its own records that we hold, whole as we hold them, the oldest first. */
export async function returnRecords(unit: StoreUnit, peer: ServiceId, since: UnixSeconds, at: UnixMs): Promise<void> {
  for (const hash of await unit.revisionsBy(peer, since)) {
    const sdJwt = await unit.sdJwt(hash);
    if (sdJwt !== null) await unit.enqueue(peer, { message: { type: 'returned', sdJwt } }, at);
  }
  await unit.enqueue(peer, { message: { type: 'recovery-done' } }, at);
  await unit.appendJournal(nodeLine('recovery.returned', peer, at));
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
export async function partnerIsDone(unit: StoreUnit, peer: ServiceId, here: Here): Promise<void> {
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

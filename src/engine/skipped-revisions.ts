/** REC-4: revisions that went past a partner travel as their bare JWS, and a missing one is asked for. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { originOf, verifyRevision } from '#src/protocol/record/verify.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import type { Here, Place } from './here.ts';
import { storedKeyOf } from './stored-keys.ts';

/**
 * The bare revisions that a service needs before this one of a record: all after the newest that it holds or is about to
 * get, the oldest first; of a service that has nothing of the record, the whole chain.
 */
export async function skippedBefore(
  unit: StoreUnit,
  record: Pick<VerifiedRecord, 'id' | 'revision'>,
  service: ServiceId,
): Promise<Extract<LetterMessage, { type: 'revision' }>[]> {
  if (record.revision === 1) return [];
  const held = (await unit.holdings(record.id)).filter(({ holder }) => holder === service);
  const given = (await unit.liveReleases(record.id)).filter(({ recipient }) => recipient === service);
  const known = [...held.map(({ revision }) => revision), ...given.map(({ reference }) => reference.revision)].filter(
    (revision) => revision < record.revision,
  );
  const newest = Math.max(0, ...known);
  const messages: Extract<LetterMessage, { type: 'revision' }>[] = [];
  for (const { revision, hash } of await unit.revisions(record.id)) {
    if (revision <= newest || revision >= record.revision) continue;
    const jwt = await unit.bareJwt(hash);
    if (jwt !== null) messages.push({ type: 'revision', jwt });
  }
  return messages;
}

/** Queues them for a partner; call before its release of `record` is queued. */
export async function queueSkipped(
  unit: StoreUnit,
  record: Pick<VerifiedRecord, 'id' | 'revision'>,
  partner: ServiceId,
  at: UnixMs,
): Promise<void> {
  for (const message of await skippedBefore(unit, record, partner)) await unit.enqueue(partner, { message }, at);
}

/** Asks whoever sent a revision for the one before it. A letter's author cannot be asked: it sends the chain along. */
export async function askForMissing(unit: StoreUnit, hash: RecordHash, place: Place, at: UnixMs): Promise<void> {
  if (place.within !== undefined) return;
  await unit.enqueue(place.peer, { message: { type: 'revision-wanted', record: hash } }, at);
}

/** ADM-2: twice what a partner can hold and ask for at once; a few bytes ask for a quarter of a megabyte. */
const askedForMax = 400;

/**
 * Gives a bare revision to a peer that has another of the same record from us. Everyone else hears nothing. Returns why an
 * answer is refused, if it is.
 */
export async function giveMissing(
  unit: StoreUnit,
  hash: RecordHash,
  place: Place,
  here: Here,
): Promise<RefusalCode | null> {
  if ((await unit.waitingOf(place.peer, 'revision', askedForMax)) >= askedForMax) return 'rate-exceeded';
  const jwt = await unit.bareJwt(hash);
  if (jwt === null) return null;
  const revision = verifyRevision(jwt, await storedKeyOf(unit, originOf(jwt) ?? ''), here.primitives);
  if (isRefusal(revision) || !(await hasFromUs(unit, revision.id, place.peer))) return null;
  await unit.enqueue(place.peer, { message: { type: 'revision', jwt } }, here.at);
  return null;
}

async function hasFromUs(unit: StoreUnit, record: RecordId, peer: ServiceId): Promise<boolean> {
  const held = (await unit.holdings(record)).some(({ holder }) => holder === peer);
  return held || (await unit.liveReleases(record)).some(({ recipient }) => recipient === peer);
}

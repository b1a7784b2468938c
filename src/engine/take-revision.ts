/** REC-4: the bare JWS of a revision that went past us: it closes a chain, and what waited for it is tried again. */
import { kindOf } from '#src/kinds/index.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { problemOfSuccession } from '#src/protocol/correction/taken-back.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { type VerifiedRevision, verifyRevision } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { verifyArriving } from './arriving-keys.ts';
import type { Here, Place } from './here.ts';
import { refuseMessage } from './refuse-message.ts';
import type { KeyOf } from './stored-keys.ts';
import { takeHeld } from './take-record.ts';

/** A bare revision from its origin, or from a relay about a record that we hold. */
export async function takeRevision(unit: StoreUnit, jwt: string, place: Place, here: Here): Promise<void> {
  const verify = (keyOf: KeyOf) => verifyRevision(jwt, keyOf, here.primitives);
  const revision = await verifyArriving(unit, jwt, verify, here.primitives);
  if (isRefusal(revision)) return refuseMessage(unit, place, revision.code, here.at);
  const head = await unit.head(revision.id);
  const isHere = head === null ? await mayBegin(unit, revision, place, here) : head.origin === revision.origin;
  if (!isHere) {
    const code = head === null ? 'onward-not-permitted' : 'record-not-by-origin';
    return refuseMessage(unit, place, code, here.at, revision);
  }
  const revisions = await unit.revisions(revision.id);
  const same = revisions.find((held) => held.revision === revision.revision);
  if (same !== undefined && same.hash !== revision.hash) {
    await keepContradiction(unit, revision, place.peer, here.at);
    return refuseMessage(unit, place, 'revision-equivocation', here.at, revision);
  }
  const problem = problemOfSuccession(revision, revisions);
  if (problem !== null) return refuseMessage(unit, place, problem.code, here.at, revision);
  await unit.putSkippedRevision(revision, place.peer, here.at);
  await takeHeld(unit, revision.hash, here);
}

/**
 * Whether the chain of a record that is not held may begin here: it comes from its origin, or it leads to a record that a
 * relay may bring us, by permission or because it speaks of what we hold (REL-3). A bare revision discloses nothing.
 */
async function mayBegin(unit: StoreUnit, revision: VerifiedRevision, place: Place, here: Here): Promise<boolean> {
  if (revision.origin === place.peer || kindOf(revision.kind)?.byRelay === 'to-holders') return true;
  return (await unit.permissionsAbout(revision.id)).some(({ onwardTo }) => onwardTo === here.self);
}

/** REC-4: a signed contradiction is evidence, also without its content; the record no longer counts. */
async function keepContradiction(
  unit: StoreUnit,
  revision: VerifiedRevision,
  from: ServiceId,
  at: UnixMs,
): Promise<void> {
  await unit.putSkippedRevision(revision, from, at);
  const head = await unit.head(revision.id);
  if (head) await unit.setHead({ ...head, state: 'equivocal' }, at);
}

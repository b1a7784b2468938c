/** REL-3: another's record goes on to a partner, as its origin permits, with that permission ahead of it. */
import type { StoredRelease, StoreUnit } from '#src/ports/store.ts';
import { type PermissionStanding, permissionFor } from '#src/protocol/admission/permission.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { Primitives, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import { attempt } from './attempt.ts';
import { journalLine } from './issue.ts';
import { currentCard } from './kept-keys.ts';
import { notSent, planFor, type ReleaseAsked, type ReleasePlan } from './release.ts';
import { skippedBefore } from './skipped-revisions.ts';
import { storedKeyOf } from './stored-keys.ts';
import { dayOf } from './today.ts';
import { uuidV7 } from './uuid.ts';

export interface OnwardDeps extends ReleaseAsked {
  readonly primitives: Primitives;
  /** What is queued beside releases is the node's own to queue. */
  asNode<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Asks for the release of a kept record of another's. A recipient for whom there is no permission gets a plan that says
 * so and no release: it must not even learn that there is a record. The rest is queued, the origin's card and its
 * permission first; what may go is decided again at the moment of sending.
 */
export async function releaseOnward(
  unit: StoreUnit,
  record: VerifiedRecord,
  recipients: readonly ServiceId[],
  deps: OnwardDeps,
): Promise<ReleasePlan[]> {
  const permissions = await unit.permissionsAbout(record.id);
  const plans: ReleasePlan[] = [];
  for (const recipient of new Set(recipients)) {
    const about = { record: record.id, hash: record.hash };
    const { self: grantee } = deps;
    const need = { use: 'onward', origin: record.origin, grantee, onwardTo: recipient, purpose: null, about } as const;
    const permission = permissionFor(need, permissions, dayOf(deps.at));
    if (typeof permission === 'string') {
      plans.push({ recipient, plan: refuse(permission, { at: '/iss' }) });
      continue;
    }
    const given = await attempt(unit, (part) => give(part, record, permission, recipient, deps), deps);
    const plan = 'done' in given ? given.done : await give(unit, record, permission, recipient, deps, notSent);
    plans.push({ recipient, plan });
  }
  return plans;
}

async function give(
  unit: StoreUnit,
  record: VerifiedRecord,
  permission: PermissionStanding,
  recipient: ServiceId,
  deps: OnwardDeps,
  planning = planFor,
): Promise<ReleasePlan['plan']> {
  const release = await put(unit, record, recipient, deps);
  const plan = await planning(unit, record, release, deps);
  if (isRefusal(plan)) {
    await unit.releaseRefused(release.id, { code: plan.code, by: deps.self }, deps.at);
    const more = { service: recipient, reason: plan.code };
    await unit.appendJournal(journalLine(deps.officer, 'release.refused', record, deps.at, more));
    return plan;
  }
  const permitting = await keptRecord(unit, permission, deps.primitives);
  const isTold = (await unit.liveReleases(permitting.id)).some(
    ({ reference, recipient: to }) => to === recipient && reference.hash === permitting.hash,
  );
  const ahead = isTold ? null : await put(unit, permitting, recipient, deps);
  await deps.asNode(async () => {
    const card = await currentCard(unit, record.origin, deps.primitives);
    const queue = (message: Message) => unit.enqueue(recipient, { message }, deps.at);
    if (card !== null) await queue({ type: 'card', card });
    if (ahead !== null) {
      for (const skipped of await skippedBefore(unit, permitting, recipient)) await queue(skipped);
      await unit.enqueue(recipient, { release: ahead.id }, deps.at);
    }
    for (const skipped of await skippedBefore(unit, record, recipient)) await queue(skipped);
    await unit.enqueue(recipient, { release: release.id }, deps.at);
  });
  await unit.appendJournal(
    journalLine(deps.officer, 'release.requested', record, deps.at, {
      service: recipient,
      reason: permission.permission,
    }),
  );
  return plan;
}

async function put(
  unit: StoreUnit,
  { origin, id, revision, hash, purpose }: VerifiedRecord,
  recipient: ServiceId,
  { officer, at, randomBytes }: OnwardDeps,
): Promise<StoredRelease> {
  const reference = { origin, record: id, revision, hash };
  const release = { id: uuidV7(at, randomBytes(10)), reference, recipient, purpose, withheld: [] };
  await unit.putRelease(release, officer, at);
  return release;
}

async function keptRecord(
  unit: StoreUnit,
  { hash, origin }: PermissionStanding,
  primitives: Primitives,
): Promise<VerifiedRecord> {
  const sdJwt = await unit.sdJwt(hash);
  const record = sdJwt === null ? null : verifyRecord(sdJwt, await storedKeyOf(unit, origin), primitives);
  if (record === null || isRefusal(record)) throw new Error('a permission in force is kept and was verified');
  return record;
}

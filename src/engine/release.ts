/** Release: asked for by an officer, decided again at the moment of sending by the same rules (REL-1, REL-2). */
import { kindOf } from '#src/kinds/index.ts';
import type { StoredRelease, StoreUnit } from '#src/ports/store.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '#src/protocol/refusal.ts';
import { planRelease } from '#src/protocol/release/plan-release.ts';
import { attempt } from './attempt.ts';
import type { Signing } from './deps.ts';
import { journalLine } from './issue.ts';
import { situationOf } from './release-situation.ts';
import { dayOf } from './today.ts';
import { uuidV7 } from './uuid.ts';

export interface ReleasePlan {
  readonly recipient: ServiceId;
  readonly plan:
    | { digests: readonly string[]; portionsWithheld: readonly { portion: number; code: RefusalCode }[] }
    | Refusal;
}

export interface ReleaseAsked extends Pick<Signing, 'randomBytes' | 'onFault'> {
  readonly officer: string | null;
  readonly at: UnixMs;
  readonly self: ServiceId;
  /** Digests of disclosures that the officer keeps from these recipients. */
  readonly withheld?: readonly string[];
}

/** What one partner may get of a record now. The release row exists already: without it the partner sees nothing. */
export async function planFor(
  unit: StoreUnit,
  record: VerifiedRecord,
  release: StoredRelease,
  here: { readonly self: ServiceId; readonly at: UnixMs },
): Promise<ReleasePlan['plan']> {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`a kept record has an unknown kind: ${record.kind}`);
  const today = dayOf(here.at);
  const visible = await unit.disclosuresFor(release.recipient, record.hash);
  return planRelease({
    record,
    kind,
    self: here.self,
    recipient: release.recipient,
    agreement: await unit.agreementInForce(release.recipient, today),
    ...(await situationOf(unit, record, here.self)),
    visible: new Set(visible.map((row) => row.digest)),
    withheld: new Set(release.withheld),
    purpose: release.purpose,
    today,
  });
}

/**
 * Releases a kept record to partners. A recipient that may not have it gets a release that says so: the refusal stands
 * on the board like any other step. The rest are queued.
 */
export async function releaseTo(
  unit: StoreUnit,
  record: VerifiedRecord,
  recipients: readonly ServiceId[],
  asked: ReleaseAsked,
): Promise<ReleasePlan[]> {
  const plans: ReleasePlan[] = [];
  for (const recipient of new Set(recipients)) {
    const released = await attempt(unit, (part) => release(part, record, recipient, asked), asked);
    const plan = 'done' in released ? released.done : await release(unit, record, recipient, asked, notSent);
    plans.push({ recipient, plan });
  }
  return plans;
}

/** ADM-1: one of whom nothing can be planned is told of on the board, and the others get theirs. */
export const notSent: typeof planFor = async () => refuse('message-not-sent');

async function release(
  unit: StoreUnit,
  record: VerifiedRecord,
  recipient: ServiceId,
  asked: ReleaseAsked,
  planning = planFor,
): Promise<ReleasePlan['plan']> {
  const made: StoredRelease = {
    id: uuidV7(asked.at, asked.randomBytes(10)),
    reference: { origin: record.origin, record: record.id, revision: record.revision, hash: record.hash },
    recipient,
    purpose: record.purpose,
    withheld: asked.withheld ?? [],
  };
  await unit.putRelease(made, asked.officer, asked.at);
  const plan = await planning(unit, record, made, asked);
  if (isRefusal(plan)) {
    await unit.releaseRefused(made.id, { code: plan.code, by: asked.self }, asked.at);
    await unit.appendJournal(
      journalLine(asked.officer, 'release.refused', record, asked.at, { service: recipient, reason: plan.code }),
    );
    return plan;
  }
  await unit.enqueue(recipient, { release: made.id }, asked.at);
  await unit.appendJournal(journalLine(asked.officer, 'release.requested', record, asked.at, { service: recipient }));
  return plan;
}

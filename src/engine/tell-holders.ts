/** COR-1: a new revision and its correction go to every holder. As the node: officers need not see every holder. */
import type { StoredRelease, StoreUnit } from '#src/ports/store.ts';
import { portionsAgain } from '#src/protocol/correction/portions-again.ts';
import { type Told, whoIsTold } from '#src/protocol/correction/who-is-told.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { enterCorrection, eraseHere } from './enter-correction.ts';
import { flagCitations } from './flag-citations.ts';
import { journalLine } from './issue.ts';
import { ownRevision } from './own-revision.ts';
import { planFor } from './release.ts';
import type { Revised } from './revise.ts';
import { queueSkipped } from './skipped-revisions.ts';
import { type TellDeps, tellOnward } from './tell-onward.ts';
import { type TowardEach, toEach } from './to-each.ts';
import { uuidV7 } from './uuid.ts';

/**
 * Enters the correction, flags what cites the record, and queues what each holder is told. Returns whom to wake. An
 * erasure takes the content away last, when all that is told of it is queued.
 */
export async function tellHolders(unit: StoreUnit, revised: Revised, deps: TellDeps): Promise<ServiceId[]> {
  const { before, after, correction, change } = revised;
  await enterCorrection(unit, correction);
  await flagCitations(
    unit,
    { origin: after.origin, record: after.id, hash: after.hash, revision: after.revision },
    change,
    deps.at,
  );
  const holdings = await unit.holdings(after.id);
  const revoked = await revokedAmong(
    unit,
    holdings.map(({ holder }) => holder),
  );
  // Relays before those behind them: a letter is carried for whoever holds through the relay by then.
  const told = whoIsTold(holdings, (service) => revoked.has(service)).toSorted(
    (one, other) => Number(one.way === 'onward') - Number(other.way === 'onward'),
  );
  const toward: TowardEach<Told> = {
    serviceOf: ({ holder }) => holder,
    async give(part, one) {
      const through = await (one.way === 'direct' ? tellDirectly : tellOnward)(part, one, revised, deps);
      // COR-4: whom nothing reaches is not said to have been asked.
      if (!isRefusal(through)) await part.putAsk(correction.id, one.holder, deps.at);
      return through;
    },
    unreached: 'correction.undeliverable',
    about: correction,
  };
  const wake = new Set((await toEach(unit, told, toward, deps)).wake);
  if (change === 'corrected') {
    for (const service of await giveToThoseWaiting(unit, revised, told, deps)) wake.add(service);
  }
  if (change === 'erased') await eraseHere(unit, before.id, after.hash, deps.at);
  return [...wake];
}

/** Direct holders get releases like any other: decided again at the moment of sending, and shown on the board. */
async function tellDirectly(
  unit: StoreUnit,
  { holder }: Told,
  { after, correction }: Revised,
  deps: TellDeps,
): Promise<ServiceId[]> {
  const given = await lastRelease(unit, after.id, holder);
  // What an officer held back once stays held back; where nothing was, the labels alone decide again.
  const heldBack = given === null ? [] : await heldBackAgain(unit, given, after, deps);
  await queueSkipped(unit, after, holder, deps.at);
  await give(unit, after, holder, { purpose: given?.purpose ?? after.purpose, withheld: heldBack }, deps);
  await give(unit, correction, holder, { purpose: correction.purpose, withheld: [] }, deps);
  return [holder];
}

/** Who was to get an older revision and has not: no holder to be asked, but the newest revision is meant for it. */
async function giveToThoseWaiting(
  unit: StoreUnit,
  { after }: Revised,
  told: readonly Told[],
  deps: TellDeps,
): Promise<readonly ServiceId[]> {
  const asked = new Set(told.map(({ holder }) => holder));
  const waiting = new Map<ServiceId, StoredRelease>();
  for (const release of await unit.liveReleases(after.id)) {
    if (release.reference.hash !== after.hash && !asked.has(release.recipient)) waiting.set(release.recipient, release);
  }
  const toward: TowardEach<StoredRelease> = {
    serviceOf: ({ recipient }) => recipient,
    async give(part, release) {
      const withheld = await heldBackAgain(part, release, after, deps);
      await give(part, after, release.recipient, { purpose: release.purpose, withheld }, deps);
      return [release.recipient];
    },
    unreached: 'release.undeliverable',
    about: after,
  };
  return (await toEach(unit, waiting.values(), toward, deps)).wake;
}

async function lastRelease(unit: StoreUnit, record: string, recipient: ServiceId): Promise<StoredRelease | null> {
  const releases = await unit.liveReleases(record);
  return releases.findLast((release) => release.recipient === recipient) ?? null;
}

/** Digests of the new revision's portions that stand where an officer held one back, or where the text demands more now. */
async function heldBackAgain(
  unit: StoreUnit,
  { reference, withheld }: StoredRelease,
  after: VerifiedRecord,
  deps: TellDeps,
): Promise<string[]> {
  if (withheld.length === 0) return [];
  const old = await ownRevision(unit, reference.hash, deps);
  if (old === null) throw new Error('what was released is never deleted');
  const kept = old.disclosures.filter(({ digest }) => !withheld.includes(digest)).map(({ digest }) => digest);
  const again = new Set(portionsAgain(old, after, kept).map((index) => `portions/${index}`));
  return after.disclosures
    .filter(({ path }) => path.startsWith('portions/') && !again.has(path))
    .map(({ digest }) => digest);
}

async function give(
  unit: StoreUnit,
  record: VerifiedRecord,
  recipient: ServiceId,
  { purpose, withheld }: { readonly purpose: string; readonly withheld: readonly string[] },
  { at, randomBytes, keyring }: TellDeps,
): Promise<void> {
  const { origin, id, revision, hash } = record;
  const reference = { origin, record: id, revision, hash };
  const release = { id: uuidV7(at, randomBytes(10)), reference, recipient, purpose, withheld };
  await unit.putRelease(release, null, at);
  const plan = await planFor(unit, record, release, { self: keyring.identity.service, at });
  if (isRefusal(plan)) {
    await unit.releaseRefused(release.id, { code: plan.code, by: keyring.identity.service }, at);
    await unit.appendJournal(
      journalLine(null, 'release.refused', record, at, { service: recipient, reason: plan.code }),
    );
    return;
  }
  await unit.enqueue(recipient, { release: release.id }, at);
  await unit.appendJournal(journalLine(null, 'release.requested', record, at, { service: recipient }));
}

async function revokedAmong(unit: StoreUnit, services: readonly ServiceId[]): Promise<Set<ServiceId>> {
  const revoked = new Set<ServiceId>();
  for (const service of new Set(services)) {
    if ((await unit.knownService(service))?.revoked) revoked.add(service);
  }
  return revoked;
}

/** Chooses what goes into the next batch: control messages as they are, records as the partner may see them now. */
import type { OutboxItem, StoredRelease, StoreUnit } from '#src/ports/store.ts';
import { problemOfStanding } from '#src/protocol/correction/still-current.ts';
import { exchangeLimits, type QueuedMessage } from '#src/protocol/exchange/state.ts';
import type { RecordHash, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { drop, orSetAside, refuseRelease } from './leave-queue.ts';
import { planFor } from './release.ts';
import { isRevoked, storedKeyOf } from './stored-keys.ts';

/** What a message of a batch releases, so that the release can be marked sent once the batch is stored. */
export interface SentRelease {
  readonly release: string;
  readonly digests: readonly string[];
}

export interface NextBatch {
  readonly messages: QueuedMessage[];
  /** By outbox id. */
  readonly releases: Map<string, SentRelease>;
  /** Whether more waits than fits into one batch. */
  more: boolean;
}

export interface Here extends Pick<EngineDeps, 'primitives' | 'onFault'> {
  readonly self: ServiceId;
  readonly at: UnixMs;
}

/** So many copies are held in memory at a time: each may be as large as a record may (ADM-2). */
const copiesMax = 50;

/** Leaves room for the array's brackets, commas and the carried receipt. */
const messageBytesMax = exchangeLimits.payloadBytesMax - 64 * 1024;

export interface Forming {
  readonly messagesMax: number;
  /** Nothing, as long as fewer wait than a batch holds. */
  readonly wholeOnly: boolean;
  /** Each item in an attempt of its own, so that one that brings about a fault is set aside (ADM-1). */
  readonly oneByOne: boolean;
}

export async function nextBatch(
  unit: StoreUnit,
  peer: ServiceId,
  here: Here,
  { messagesMax = exchangeLimits.messagesPerBatchMax, wholeOnly = false, oneByOne = false }: Partial<Forming> = {},
): Promise<NextBatch> {
  const waiting = await unit.waiting(peer, messagesMax);
  const items = wholeOnly && waiting.length < messagesMax ? [] : waiting;
  const next: NextBatch = {
    messages: [],
    releases: new Map(),
    more: items.length === messagesMax,
  };
  let bytes = 0;
  for await (const item of oneByOne ? items : foreseen(unit, items, releaseIn, peer)) {
    const makeReady = (on: StoreUnit) => queuedMessage(on, item, here, next.releases);
    const queued = await (oneByOne ? orSetAside(unit, { peer, item }, makeReady, here) : makeReady(unit));
    if (!queued) {
      next.releases.delete(item.id);
      continue;
    }
    bytes += JSON.stringify(queued.message).length;
    if (bytes > messageBytesMax && next.messages.length > 0) {
      next.releases.delete(item.id);
      next.more = true;
      break;
    }
    next.messages.push(queued);
  }
  return next;
}

const releaseIn = ({ content }: OutboxItem) => ('release' in content ? content.release : null);

/** These, one after the other; what deciding on the release of one asks of the store is fetched at once for many. */
export async function* foreseen<T>(
  unit: StoreUnit,
  items: readonly T[],
  releaseOf: (item: T) => string | null,
  partner: ServiceId,
): AsyncGenerator<T> {
  const hashes = new Map<string, RecordHash>();
  for (const [nth, item] of items.entries()) {
    if (nth % exchangeLimits.messagesPerBatchMax === 0) {
      const next = items.slice(nth, nth + exchangeLimits.messagesPerBatchMax);
      const releases = next.flatMap((each) => releaseOf(each) ?? []);
      await unit.foresee({ releases, partner });
      const found = (await Promise.all(releases.map((id) => unit.release(id)))).filter((release) => release !== null);
      await unit.foresee({ records: found.map(({ reference }) => reference.record) });
      for (const { id, reference } of found) hashes.set(id, reference.hash);
    }
    if (nth % copiesMax === 0) {
      const next = items.slice(nth, nth + copiesMax);
      await unit.foresee({ copies: next.flatMap((each) => hashes.get(releaseOf(each) ?? '') ?? []) });
    }
    yield item;
  }
}

async function queuedMessage(
  unit: StoreUnit,
  item: OutboxItem,
  here: Here,
  releases: Map<string, SentRelease>,
): Promise<QueuedMessage | null> {
  if ('message' in item.content) return { id: item.id, message: item.content.message };
  const release = await unit.release(item.content.release);
  if (!release) throw new Error(`outbox item ${item.id} points to nothing`);
  const now = await releaseNow(unit, release, here);
  if (isRefusal(now) && now.code === 'revision-superseded') return insteadOf(unit, item, release, here);
  if (isRefusal(now)) return refuseRelease(unit, item, release, now.code, here);
  const { record, plan } = now;
  releases.set(item.id, { release: release.id, digests: plan.digests });
  return { id: item.id, message: { type: 'record', sdJwt: serialiseRecord(record, new Set(plan.digests)) } };
}

/** The record of a release, and what of it may go at this moment. */
export async function releaseNow(
  unit: StoreUnit,
  release: StoredRelease,
  here: Here,
): Promise<{ record: VerifiedRecord; plan: { digests: readonly string[] } } | Refusal> {
  const sdJwt = await unit.sdJwt(release.reference.hash);
  if (!sdJwt) throw new Error(`release ${release.id} points to nothing`);
  const record = verifyRecord(sdJwt, await storedKeyOf(unit, release.reference.origin), here.primitives);
  // Ours may be no longer sendable, or a copy of another's: then it is refused like anything that may not leave.
  if (isRefusal(record)) return refuse('onward-not-permitted');
  // KEY-1: nobody would believe it. A next revision is signed with the present key.
  if (await isRevoked(unit, record.origin, record.keyId)) return refuse('record-key-revoked');
  const overtaken = problemOfStanding(record, await unit.head(record.id));
  if (overtaken !== null) return overtaken;
  const plan = await planFor(unit, record, release, here);
  return isRefusal(plan) ? plan : { record, plan };
}

/**
 * COR-1: what a newer revision took the place of while it waited is not told any more; it goes as its bare JWS, which only
 * closes the chain (REC-4). Of a withdrawn record those who never had it hear nothing at all.
 */
async function insteadOf(
  unit: StoreUnit,
  item: OutboxItem,
  { id, recipient, reference }: StoredRelease,
  here: Here,
): Promise<QueuedMessage | null> {
  const head = await unit.head(reference.record);
  const isHolder = (await unit.holdings(reference.record)).some(({ holder }) => holder === recipient);
  if (head?.state !== 'active' && !isHolder) return drop(unit, item, id, 'record-withdrawn', here);
  const jwt = await unit.bareJwt(reference.hash);
  if (jwt === null) throw new Error(`release ${id} points to nothing`);
  const message = { type: 'revision', jwt } as const;
  await unit.releaseRefused(id, { code: 'revision-superseded', by: here.self }, here.at);
  await unit.replaceInQueue(item.id, message);
  return { id: item.id, message };
}

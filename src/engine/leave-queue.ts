/** What leaves the queue of a partner without being sent, and what stands on the board and in the journal in its place. */
import type { OutboxItem, StoredRelease, StoreUnit } from '#src/ports/store.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import type { QueuedMessage } from '#src/protocol/exchange/state.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import { attempt } from './attempt.ts';
import type { EngineDeps } from './deps.ts';
import { journalLine } from './issue.ts';

interface Leaving extends Pick<EngineDeps, 'onFault'> {
  readonly self: ServiceId;
  readonly at: UnixMs;
}

export async function drop(
  unit: StoreUnit,
  item: OutboxItem,
  release: string,
  code: RefusalCode,
  { self, at }: Leaving,
): Promise<null> {
  await unit.releaseRefused(release, { code, by: self }, at);
  await unit.dropFromQueue(item.id);
  return null;
}

/** REL-2: refused at the moment of sending, as the board and the journal say. */
export async function refuseRelease(
  unit: StoreUnit,
  item: OutboxItem,
  { id, recipient, reference }: StoredRelease,
  code: RefusalCode,
  here: Leaving,
): Promise<null> {
  const line = { id: reference.record, hash: reference.hash };
  await unit.appendJournal(journalLine(null, 'release.refused', line, here.at, { service: recipient, reason: code }));
  return drop(unit, item, id, code, here);
}

/** ADM-1: what cannot be made ready for a batch is set aside with a code; what waits behind it goes on. */
export async function orSetAside(
  unit: StoreUnit,
  { peer, item }: { readonly peer: ServiceId; readonly item: OutboxItem },
  makeReady: (unit: StoreUnit) => Promise<QueuedMessage | null>,
  here: Leaving,
): Promise<QueuedMessage | null> {
  const work = async (part: StoreUnit) => {
    const queued = await makeReady(part);
    // A batch that cannot be written down would not say which of its messages it was
    if (queued !== null) canonicalJson(queued.message);
    return queued;
  };
  const ready = await attempt(unit, work, here);
  if ('done' in ready) return ready.done;
  if ('release' in item.content) {
    const { release } = item.content;
    const refused = await attempt(unit, (part) => refuseUnsent(part, item, release, here), here);
    if ('done' in refused && refused.done) return null;
  }
  const line = { actorKind: 'node', actor: null, act: 'message.set-aside', record: null, hash: null } as const;
  await unit.appendJournal({ ...line, at: here.at, service: peer, reason: 'message-not-sent' });
  await unit.dropFromQueue(item.id);
  return null;
}

/** False where nothing is left of the release that the board could show. */
async function refuseUnsent(unit: StoreUnit, item: OutboxItem, id: string, here: Leaving): Promise<boolean> {
  const release = await unit.release(id);
  if (release === null) return false;
  await refuseRelease(unit, item, release, 'message-not-sent', here);
  return true;
}

/** What a node does with records: the protocol's own admission and release over the node's disk. */
import { kindOf } from '#src/kinds/index.ts';
import { admitRecord } from '#src/protocol/admission/admit-record.ts';
import { calendarDateOf } from '#src/protocol/calendar.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { QueuedMessage } from '#src/protocol/exchange/state.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import { mayHold } from '#src/protocol/marking/may-hold.ts';
import type { CalendarDate, RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { planRelease } from '#src/protocol/release/plan-release.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { HeadRow, HeldRow } from './node-disk.ts';

type Arrival = Omit<HeldRow, 'waitsFor'>;

/** ADM-1: kept, held or refused; the sender learns of a refusal by an ordinary message. */
export function takeRecord(node: SimNode, arrival: Arrival, after: AfterCommit): void {
  const record = verifyRecord(arrival.sdJwt, (origin, key) => keyOf(node, origin, key), node.world.crypto.primitives);
  if (isRefusal(record)) refuseArrival(node, arrival, null, record.code, after);
  else admit(node, record, arrival, after);
}

function admit(node: SimNode, record: VerifiedRecord, arrival: Arrival, after: AfterCommit): void {
  const { disk } = node;
  const revisions = disk.revisionsOf(record.id);
  const verdict = admitRecord(record, {
    from: arrival.peer,
    self: node.service,
    kind: kindOf(record.kind),
    head: disk.heads.get(record.id) ?? null,
    previousKnown: revisions.some(({ hash }) => hash === record.previous),
    sameRevisionHash: revisions.find(({ revision }) => revision === record.revision)?.hash ?? null,
    agreement: node.world.agreements.get(`${node.service} ${arrival.peer}`) ?? null,
    today: today(node),
  });
  if (isRefusal(verdict)) {
    const head = disk.heads.get(record.id);
    if (verdict.code === 'revision-equivocation' && head !== undefined) {
      moveHead(node, record.id, { ...head, state: 'equivocal' }, after);
    }
    refuseArrival(node, arrival, record.hash, verdict.code, after);
    return;
  }
  if (verdict.verdict === 'hold') {
    const key = `${arrival.peer} ${arrival.sequence} ${arrival.index}`;
    node.world.checkers.counts.held++;
    disk.held.set(key, { ...arrival, waitsFor: verdict.waitsFor });
    return;
  }
  keepRecord(node, record, arrival.peer, after);
  if (verdict.becomesHead) {
    const { origin, kind, hash, revision, status } = record;
    const state = status === 'active' ? 'active' : 'quarantined';
    moveHead(node, record.id, { origin, kind, hash, revision, state }, after);
  }
  for (const [key, held] of [...disk.held.entries()]) {
    if (held.waitsFor !== record.hash) continue;
    disk.held.delete(key);
    takeRecord(node, held, after);
  }
}

/** The oldest waiting messages; a record as its recipient may have it at this moment, or not at all (REL-1). */
export function nextMessages(node: SimNode, peer: ServiceId, limit: number): QueuedMessage[] {
  const messages: QueuedMessage[] = [];
  for (const { id, content } of node.disk.waiting(peer).slice(0, limit)) {
    const message = 'message' in content ? content.message : releasedRecord(node, content.release);
    if (message === null) node.disk.outbox.delete(id);
    else messages.push({ id, message });
  }
  return messages;
}

function releasedRecord(node: SimNode, releaseId: string): Message | null {
  const release = node.disk.releases.get(releaseId);
  const record = release && node.disk.records.get(release.hash);
  const kind = record && kindOf(record.kind);
  if (release === undefined || record === undefined || kind === undefined) throw new Error('a release of nothing');
  const agreement = node.world.agreements.get(`${node.service} ${release.recipient}`) ?? null;
  const principal = {
    level: agreement?.ceiling ?? -1,
    compartments: agreement?.compartments ?? [],
    service: release.recipient,
  };
  // what the database's policy would show to this partner
  const visible = record.disclosures.filter(({ label }) => mayHold(principal, label)).map(({ digest }) => digest);
  const plan = planRelease({
    record,
    kind,
    self: node.service,
    recipient: release.recipient,
    agreement,
    visible: new Set(visible),
    withheld: new Set(),
    purpose: record.purpose,
    today: today(node),
  });
  if (!isRefusal(plan)) return { type: 'record', sdJwt: serialiseRecord(record, new Set(plan.digests)) };
  node.disk.releases.set(releaseId, { ...release, state: 'refused', code: plan.code, refusedBy: node.service });
  return null;
}

/** Their refusal stands on our board, whether it came before or after the receipt. */
export function noteRefusal(node: SimNode, peer: ServiceId, refusal: Extract<Message, { type: 'refusal' }>): void {
  const placed = `${peer} 1 ${refusal.sequence} ${refusal.index}`;
  const release = node.disk.releases.get(node.disk.sentReleases.get(placed) ?? '');
  if (release === undefined) return;
  node.disk.releases.set(release.id, { ...release, state: 'refused', code: refusal.code, refusedBy: peer });
}

export function noteReceipted(node: SimNode, peer: ServiceId, epoch: number, through: number): void {
  const { batchesOut, releases, sentReleases } = node.disk;
  for (let sequence = through; ; sequence--) {
    const batch = batchesOut.get(`${peer} ${epoch} ${sequence}`);
    if (batch === undefined) return;
    batchesOut.delete(`${peer} ${epoch} ${sequence}`);
    for (let index = 0; index < batch.messages; index++) {
      const release = releases.get(sentReleases.get(`${peer} ${epoch} ${sequence} ${index}`) ?? '');
      if (release?.state === 'sent') releases.set(release.id, { ...release, state: 'delivered' });
    }
  }
}

/** A copy with more disclosures adds them; nothing is ever taken away. */
export function keepRecord(node: SimNode, record: VerifiedRecord, from: ServiceId, after: AfterCommit): void {
  const held = node.disk.records.get(record.hash);
  const more = held === undefined || record.disclosures.length >= held.disclosures.length;
  if (more) node.disk.records.set(record.hash, record);
  if (from !== node.service) after.note(() => node.world.checkers.recordKept(node.service, from, record));
}

export function moveHead(node: SimNode, id: string, head: HeadRow, after: AfterCommit): void {
  const before = node.disk.heads.get(id);
  node.disk.heads.set(id, head);
  after.note(() => node.world.checkers.headMoved(node.service, id, before, head));
}

function refuseArrival(
  node: SimNode,
  { peer, sequence, index }: Arrival,
  record: RecordHash | null,
  code: RefusalCode,
  after: AfterCommit,
): void {
  node.disk.enqueue(peer, { message: { type: 'refusal', sequence, index, record, code } });
  after.note(() => node.world.checkers.messageRefused(node.service, peer, sequence, index, code));
}

function keyOf(node: SimNode, origin: ServiceId, key: string): Uint8Array | undefined {
  const signingKey = node.peers.get(origin)?.signingKey;
  return signingKey !== undefined && keyIdOf(signingKey, node.world.crypto.primitives) === key ? signingKey : undefined;
}

export function today(node: SimNode): CalendarDate {
  return calendarDateOf(Math.floor(node.now / 1000));
}

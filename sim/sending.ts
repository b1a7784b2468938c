/** The outgoing side of a node's disk: what waits, what went where, and what goes again. */
import { kindOf } from '#src/kinds/index.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { ExchangeEffect, Position, QueuedMessage } from '#src/protocol/exchange/state.ts';
import { mayHold } from '#src/protocol/marking/may-hold.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { placeText } from './checkers/exactly-once.ts';
import { today } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { OutboxRow, ReleaseRow } from './node-disk.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;

/** The oldest waiting messages; a record as its recipient may have it at this moment, or not at all (REL-1). */
export function nextMessages(node: SimNode, peer: ServiceId, limit: number): QueuedMessage[] {
  const messages: QueuedMessage[] = [];
  for (const { number, content } of node.disk.waiting(peer).slice(0, limit)) {
    const message = 'message' in content ? content.message : releasedRecord(node, content.release);
    if (message === null) node.disk.outbox.delete(`${number}`);
    else messages.push({ id: `${number}`, message });
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
  const plan = node.world.core.planRelease({
    record,
    kind,
    self: node.service,
    recipient: release.recipient,
    agreement,
    permissions: [],
    sources: [],
    isHolder: () => false,
    visible: new Set(visible),
    withheld: new Set(),
    purpose: record.purpose,
    today: today(node),
  });
  if (!isRefusal(plan)) return { type: 'record', sdJwt: serialiseRecord(record, new Set(plan.digests)) };
  node.disk.releases.set(releaseId, { ...release, state: 'refused', code: plan.code, refusedBy: node.service });
  return null;
}

/** A batch is formed: its messages wait no more. */
export function noteSent(node: SimNode, peer: ServiceId, batch: EffectOf<'store-batch'>): void {
  const { epoch, sequence, hash, signedHeader, payload, messageIds } = batch;
  node.disk.batchesOut.set(`${peer} ${epoch} ${sequence}`, { hash, signedHeader, payload });
  for (const [index, id] of messageIds.entries()) {
    const row = node.disk.outbox.get(id);
    // only where a mistake of the driver took it from the queue before
    if (row === undefined) continue;
    const sent = { epoch, sequence, index };
    node.disk.outbox.set(id, { ...row, sent });
    node.disk.sentAt.set(`${peer} ${placeText(sent)}`, id);
    changeRelease(node, row, (release) => ({ ...release, state: 'sent' }));
  }
}

export function noteReceipted(node: SimNode, peer: ServiceId, epoch: number, through: number): void {
  const { batchesOut } = node.disk;
  for (let sequence = through; ; sequence--) {
    const batch = batchesOut.get(`${peer} ${epoch} ${sequence}`);
    if (batch === undefined) return;
    batchesOut.delete(`${peer} ${epoch} ${sequence}`);
    for (let index = 0; ; index++) {
      const row = sentRow(node, peer, { epoch, sequence, index });
      if (row === null) break;
      changeRelease(node, row, (release) => (release.state === 'sent' ? { ...release, state: 'delivered' } : release));
    }
  }
}

/** Their refusal stands on our board, whether it came before or after the receipt. */
export function noteRefusal(node: SimNode, peer: ServiceId, refusal: Extract<Message, { type: 'refusal' }>): void {
  const row = sentRow(node, peer, refusal);
  if (row === null) return;
  changeRelease(node, row, (release) => ({ ...release, state: 'refused', code: refusal.code, refusedBy: peer }));
}

/** EXC-4: what went after that point goes again, in its old order, unless its recipient refused it already. */
export function queueAgain(node: SimNode, peer: ServiceId, after: Position): void {
  const { outbox, batchesOut, releases } = node.disk;
  for (const row of [...outbox.group(`${peer} sent`)]) {
    const { sent, content, number } = row;
    if (sent === null || !isLater(sent, after)) continue;
    batchesOut.delete(`${peer} ${sent.epoch} ${sent.sequence}`);
    if ('release' in content && releases.get(content.release)?.state === 'refused') continue;
    outbox.set(`${number}`, { ...row, sent: null });
    changeRelease(node, row, (release) => ({ ...release, state: 'queued' }));
  }
}

function isLater(sent: { epoch: number; sequence: number }, { epoch, through }: Position): boolean {
  return sent.epoch > epoch || (sent.epoch === epoch && sent.sequence > through);
}

function sentRow(
  { disk }: SimNode,
  peer: ServiceId,
  place: { epoch: number; sequence: number; index: number },
): OutboxRow | null {
  return disk.outbox.get(disk.sentAt.get(`${peer} ${placeText(place)}`) ?? '') ?? null;
}

function changeRelease({ disk }: SimNode, { content }: OutboxRow, change: (release: ReleaseRow) => ReleaseRow): void {
  const release = 'release' in content ? disk.releases.get(content.release) : undefined;
  if (release !== undefined) disk.releases.set(release.id, change(release));
}

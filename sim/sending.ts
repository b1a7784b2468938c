/** The outgoing side of a node's disk: what waits, what went where, and what goes again. */
import { kindOf } from '#src/kinds/index.ts';
import type { KindRules } from '#src/protocol/admission/admit-record.ts';
import { ascii, base64url } from '#src/protocol/encoding.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { ExchangeEffect, LinkState, Position, QueuedMessage } from '#src/protocol/exchange/state.ts';
import { mayHold } from '#src/protocol/marking/may-hold.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { LabelledDisclosure, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { mustLearn } from '#src/protocol/release/concern.ts';
import type { ReleaseCopy } from '#src/protocol/release/plan-release.ts';
import { placeText } from './checkers/exactly-once.ts';
import { today } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { OutboxRow, ReleaseRow } from './node-disk.ts';
import { noteHolder } from './onward.ts';
import { bareOf } from './writing.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;

/** Where a release went that was refused here at last: its earlier places still lead to it. */
const nowhere = { epoch: 0, sequence: 0, index: 0 };

/** The oldest waiting messages; a record as its recipient may have it at this moment, or not at all (REL-1). */
export function nextMessages(node: SimNode, peer: ServiceId, limit: number): QueuedMessage[] {
  const messages: QueuedMessage[] = [];
  for (const row of node.disk.waiting(peer).slice(0, limit)) {
    const { number, content } = row;
    const message = 'message' in content ? content.message : releasedRecord(node, content.release);
    if (message === null) node.disk.outbox.set(`${number}`, { ...row, sent: nowhere });
    // no release any more
    else if (message.type === 'revision') node.disk.outbox.set(`${number}`, { ...row, content: { message } });
    if (message !== null) messages.push({ id: `${number}`, message });
  }
  return messages;
}

function releasedRecord(node: SimNode, releaseId: string): Message | null {
  const release = node.disk.releases.get(releaseId);
  const record = release && node.disk.records.get(release.hash);
  const kind = record && kindOf(record.kind);
  if (release === undefined || record === undefined || kind === undefined) throw new Error('a release of nothing');
  const overtaken = node.world.core.problemOfStanding(record, node.disk.heads.get(record.id) ?? null);
  if (overtaken !== null) return insteadOf(node, release, record, overtaken);
  const plan = planNow(node, record, kind, release.recipient);
  if (!isRefusal(plan)) return { type: 'record', sdJwt: serialiseRecord(record, new Set(plan.digests)) };
  node.disk.releases.set(releaseId, { ...release, state: 'refused', code: plan.code, refusedBy: node.service });
  return null;
}

function planNow(node: SimNode, record: VerifiedRecord, kind: KindRules, recipient: ServiceId): ReleaseCopy | Refusal {
  const { disk, service: self, world } = node;
  const agreement = world.agreements.get(`${self} ${recipient}`) ?? null;
  const isHolder = (id: string, holder: ServiceId) => [...disk.holders.group(id)].some((row) => row.holder === holder);
  const level = agreement?.ceiling ?? -1;
  const principal = { level, compartments: agreement?.compartments ?? [], service: recipient };
  const goesAnyway = record.origin === self && mustLearn(record, kind, recipient, isHolder);
  // what the database's policy would show to this partner: by labels, and of another's what its permission names
  const isVisible = ({ label, path }: LabelledDisclosure) =>
    path !== 'releasableTo' &&
    (goesAnyway || mayHold(principal, record.origin === self ? label : { ...label, releasableTo: 'any' }));
  const about = record.kind === 'permission' ? String(record.body.record) : record.id;
  return world.core.planRelease({
    record,
    kind,
    self,
    recipient,
    agreement,
    permissions: record.origin === self ? [] : [...disk.permissions.group(about)],
    sources: [],
    isHolder,
    visible: new Set(record.disclosures.filter(isVisible).map(({ digest }) => digest)),
    withheld: new Set(),
    purpose: record.purpose,
    today: today(node),
  });
}

/** REL-1: whether all that a batch carries might go today as it stands in it. */
export function mayStillGo(node: SimNode, payload: Uint8Array, rowIds: readonly string[]): boolean {
  const { messages } = JSON.parse(Buffer.from(payload).toString()) as { messages: Message[] };
  return messages.every((message, index) => {
    const row = node.disk.outbox.get(rowIds[index] ?? '');
    if (message.type !== 'record' || row === undefined || !('release' in row.content)) return true;
    const release = node.disk.releases.get(row.content.release);
    const record = release && node.disk.records.get(release.hash);
    const kind = record && kindOf(record.kind);
    if (release === undefined || record === undefined || kind === undefined) return false;
    if (node.world.core.problemOfStanding(record, node.disk.heads.get(record.id) ?? null) !== null) return false;
    const plan = planNow(node, record, kind, release.recipient);
    return !isRefusal(plan) && digestsOf(node, message.sdJwt).every((digest) => plan.digests.includes(digest));
  });
}

/** The same for all that has no receipt. */
export function mayAllStillGo(node: SimNode, peer: ServiceId, { epoch, unreceipted }: LinkState['out']): boolean {
  return unreceipted.every(({ sequence }) => {
    const batch = node.disk.batchesOut.get(`${peer} ${epoch} ${sequence}`);
    return batch === undefined || mayStillGo(node, batch.payload, batch.rows);
  });
}

/**
 * COR-1, REC-4: what was overtaken while it waited closes the chain by its bare JWS, and is told no more. Of what was
 * withdrawn those who never had it hear nothing.
 */
function insteadOf(
  { disk, service }: SimNode,
  release: ReleaseRow,
  record: VerifiedRecord,
  why: Refusal,
): Message | null {
  disk.releases.set(release.id, { ...release, state: 'refused', code: why.code, refusedBy: service });
  const isHolder = [...disk.holders.group(record.id)].some(({ holder }) => holder === release.recipient);
  const isActive = disk.heads.get(record.id)?.state === 'active';
  return isActive || isHolder ? { type: 'revision', jwt: bareOf(record) } : null;
}

/** A batch is formed: its messages wait no more. */
export function noteSent(
  node: SimNode,
  peer: ServiceId,
  batch: EffectOf<'store-batch'>,
  messages: readonly Message[],
): void {
  const { epoch, sequence, hash, signedHeader, payload, messageIds } = batch;
  node.disk.batchesOut.set(`${peer} ${epoch} ${sequence}`, { hash, signedHeader, payload, rows: messageIds });
  for (const [index, id] of messageIds.entries()) {
    const row = node.disk.outbox.get(id);
    // only where a mistake of the driver took it from the queue before
    if (row === undefined) continue;
    const sent = { epoch, sequence, index };
    node.disk.outbox.set(id, { ...row, sent });
    node.disk.sentAt.set(`${peer} ${placeText(sent)}`, id);
    changeRelease(node, row, (release) => ({ ...release, state: 'sent' }));
    const message = messages[index];
    if (message?.type === 'record') noteHolder(node, row, digestsOf(node, message.sdJwt));
  }
}

function digestsOf({ world }: SimNode, sdJwt: string): string[] {
  const disclosures = sdJwt.split('~').slice(1, -1);
  return disclosures.map((disclosure) => base64url(world.crypto.primitives.sha256(ascii(disclosure))));
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
      changeRelease(node, row, (release) => {
        if (release.state !== 'sent') return release;
        const holder = node.disk.holders.get(`${release.hash} ${peer}`);
        if (holder !== undefined) node.disk.holders.set(`${release.hash} ${peer}`, { ...holder, state: 'confirmed' });
        return { ...release, state: 'delivered' };
      });
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

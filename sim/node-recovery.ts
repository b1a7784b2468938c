/** EXC-4: after a restore from backup a node asks its partners for its own records, and issues none before they came. */
import type { Message } from '#src/protocol/exchange/message.ts';
import { startOfList } from '#src/protocol/exchange/recovery.ts';
import type { RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { enterCorrection, tellLate } from './correcting.ts';
import type { AfterCommit } from './disk.ts';
import { keepRecord, keyOf, moveHead } from './keeping.ts';
import { takeLateHoldings } from './late-holdings.ts';
import type { SimNode } from './node.ts';
import { retryHeld } from './node-records.ts';
import { enterPermission, putHolder } from './onward.ts';
import { waitsForRecovery } from './recovering.ts';

/** Few, so that a list has several pages. */
const pageMax = 4;

/** Every partner that was not asked yet is asked for all that it holds of ours. */
export function recoverOnce(node: SimNode): void {
  const { disk } = node;
  for (const peer of node.peers.keys()) {
    if (disk.recovery.get(peer) !== undefined) continue;
    disk.recovery.set(peer, startOfList);
    disk.enqueue(peer, { message: { type: 'recovery-wanted', after: startOfList.after } });
  }
}

/** A partner was restored: it hears which of its records we hold, a page at a time. */
export function listCopies({ disk }: SimNode, peer: ServiceId, asked: RecordHash | null): void {
  const all = [...disk.records.values()].filter(({ origin }) => origin === peer).map(({ hash }) => hash);
  all.sort();
  const at = asked === null ? -1 : all.indexOf(asked);
  const after = at === -1 ? null : asked;
  disk.enqueue(peer, { message: { type: 'copies', after, hashes: all.slice(at + 1, at + 1 + pageMax) } });
}

/** It gets those that it lacks. */
export function returnCopies({ disk }: SimNode, peer: ServiceId, hashes: readonly RecordHash[]): void {
  for (const hash of hashes) {
    const record = disk.records.get(hash);
    if (record?.origin !== peer) continue;
    const sdJwt = serialiseRecord(record, new Set(record.disclosures.map(({ digest }) => digest)));
    disk.enqueue(peer, { message: { type: 'returned', sdJwt } });
  }
}

/** What a partner holds of ours: what is missing here is asked for, until nothing is. */
export function takeCopies(
  node: SimNode,
  peer: ServiceId,
  page: Extract<Message, { type: 'copies' }>,
  after: AfterCommit,
): void {
  const { disk, world } = node;
  const place = disk.recovery.get(peer);
  if (place === undefined || place === 'done') return;
  const known = new Set(page.hashes.filter((hash) => disk.records.get(hash)?.origin === node.service));
  const taken = world.core.takePage(place, page, known);
  if (taken.next === 'nothing') return;
  if (taken.next === 'done') {
    partnerIsDone(node, peer, after);
    return;
  }
  if (taken.next === 'ask') disk.enqueue(peer, { message: { type: 'copies-wanted', hashes: taken.hashes } });
  disk.recovery.set(peer, taken.place);
  disk.enqueue(peer, { message: { type: 'recovery-wanted', after: taken.place.after } });
}

/** One of our own that a partner gives back. Our signature alone makes it ours; it takes effect once, by its hash. */
export function takeReturned(node: SimNode, peer: ServiceId, sdJwt: string, after: AfterCommit): RefusalCode | null {
  const { disk, world } = node;
  const keys = (origin: ServiceId, key: string) => (origin === node.service ? keyOf(node, origin, key) : undefined);
  const record = world.core.verifyRecord(sdJwt, keys, world.crypto.primitives);
  if (isRefusal(record)) return record.code;
  const digests = record.disclosures.map(({ digest }) => digest);
  putHolder(node, record, { holder: peer, via: null, state: 'confirmed', digests });
  if (disk.records.get(record.hash) !== undefined) return null;
  after.note(() => world.checkers.watch.counts.returned++);
  const contradicts = disk.revisionsOf(record.id).some(({ revision }) => revision === record.revision);
  keepRecord(node, record, peer, after);
  const { id, origin, kind, hash, revision, status } = record;
  const known = disk.permissions.get(id);
  if (kind === 'permission' && (known === undefined || known.revision < revision)) enterPermission(node, record);
  const head = disk.heads.get(id);
  if (contradicts && head !== undefined) moveHead(node, id, { ...head, state: 'equivocal' }, after);
  else if (head === undefined || head.revision < revision) {
    moveHead(node, id, { origin, kind, hash, revision, state: status === 'active' ? 'active' : 'quarantined' }, after);
  }
  if (kind === 'correction') enterCorrection(node, record, after);
  return null;
}

/** A partner has returned everything; the last one ends the recovery. */
function partnerIsDone(node: SimNode, peer: ServiceId, after: AfterCommit): void {
  node.disk.recovery.set(peer, 'done');
  if (![...node.disk.recovery.values()].every((place) => place === 'done')) return;
  endRecovery(node, after);
}

/** A director goes on without those that lie; an honest partner is waited for, however long it is away. */
export function goOnWithout(node: SimNode, after: AfterCommit): void {
  const { disk, world } = node;
  const rows = [...disk.recovery.entries()];
  if (!rows.every(([peer, place]) => place === 'done' || world.isLiar(peer))) return;
  endRecovery(node, after);
}

/** What waited goes on; and who was to be told of a correction may not have been, where what was to tell it was lost. */
function endRecovery(node: SimNode, after: AfterCommit): void {
  for (const [asked] of [...node.disk.recovery.entries()]) node.disk.recovery.delete(asked);
  retryHeld(node, waitsForRecovery, after);
  takeLateHoldings(node, after);
  for (const holding of [...node.disk.holders.values()]) {
    const isOwn = node.disk.heads.get(holding.record)?.origin === node.service;
    if (isOwn) tellLate(node, holding, node.world.random, after);
  }
}

/** What every part of a node does with its disk. */
import { calendarDateOf } from '#src/protocol/calendar.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { CalendarDate, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Place } from './checkers/exactly-once.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { HeadRow, KnownService } from './node-disk.ts';

/** Where a message stood: in whose batch, in the sender's numbering. */
export interface Arrived extends Place {
  readonly peer: ServiceId;
  /** Within a letter: which of its messages, from 1. Whoever carried it cannot answer for it. */
  readonly within?: number;
}

/** A copy with more disclosures adds them; nothing is ever taken away. */
export function keepRecord(node: SimNode, record: VerifiedRecord, from: ServiceId, after: AfterCommit): void {
  const held = node.disk.records.get(record.hash);
  const more = held === undefined || record.disclosures.length >= held.disclosures.length;
  if (more) node.disk.records.set(record.hash, record);
  if (record.origin === node.service) return;
  node.disk.observed.set(`from ${record.hash}`, from);
  node.disk.sources.set(`${record.origin} ${from}`, { origin: record.origin, peer: from });
  after.note(() => {
    const { markings, permissions, revisions } = node.world.checkers;
    // what its origin permitted by name came by way of a relay once, whoever brings its next revision
    if (!permissions.covers(node.service, record)) markings.kept(node.service, from, record);
    permissions.kept(node.service, from, record);
    revisions.kept(node.service, record);
  });
}

export function moveHead(node: SimNode, id: string, head: HeadRow, after: AfterCommit): void {
  const before = node.disk.heads.get(id);
  node.disk.heads.set(id, head);
  after.note(() => node.world.checkers.revisions.headMoved(node.service, id, before, head));
}

/** Ourselves, a partner, or somebody whom a partner vouched for. */
export function knownService(node: SimNode, service: ServiceId): KnownService | undefined {
  if (service !== node.service) return node.peers.get(service) ?? node.disk.vouched.get(service);
  const { signingKey, sealingKey } = node.keys;
  return { service, signingKey, sealingKey };
}

export function keyOf(node: SimNode, origin: ServiceId, key: string): Uint8Array | undefined {
  const signingKey = knownService(node, origin)?.signingKey;
  return signingKey !== undefined && keyIdOf(signingKey, node.world.crypto.primitives) === key ? signingKey : undefined;
}

export function today(node: SimNode): CalendarDate {
  return calendarDateOf(Math.floor(node.now / 1000));
}

/** ADM-1: the sender learns of it by an ordinary message. */
export function refuseMessage(
  node: SimNode,
  { peer, epoch, sequence, index, within }: Arrived,
  code: RefusalCode,
  after: AfterCommit,
  record: string | null = null,
): void {
  after.note(() => node.world.checkers.watch.counts.refusals++);
  if (within !== undefined) return;
  node.disk.enqueue(peer, { message: { type: 'refusal', epoch, sequence, index, record, code } });
  node.world.checkers.arrives.refused(node.service, peer, { epoch, sequence, index }, code);
}

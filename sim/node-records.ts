/** What a node does with records: the protocol's own admission and release over the node's disk. */
import { kindOf } from '#src/kinds/index.ts';
import type { RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { placeText } from './checkers/exactly-once.ts';
import type { AfterCommit } from './disk.ts';
import { keepRecord, keyOf, moveHead, refuseMessage, today } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { HeldRow } from './node-disk.ts';
import { mayLackSomething, waitsForRecovery } from './recovering.ts';

type Arrival = Omit<HeldRow, 'hash' | 'waitsFor'>;

/** ADM-1: kept, held or refused; the sender learns of a refusal by an ordinary message. */
export function takeRecord(node: SimNode, arrival: Arrival, after: AfterCommit): void {
  const { core, crypto } = node.world;
  const record = core.verifyRecord(arrival.sdJwt, (origin, key) => keyOf(node, origin, key), crypto.primitives);
  if (isRefusal(record)) refuseArrival(node, arrival, null, record.code, after);
  else admit(node, record, arrival, after);
}

function admit(node: SimNode, record: VerifiedRecord, arrival: Arrival, after: AfterCommit): void {
  const { disk } = node;
  const revisions = disk.revisionsOf(record.id);
  const verdict = node.world.core.admitRecord(record, {
    from: arrival.peer,
    self: node.service,
    kind: kindOf(record.kind),
    head: disk.heads.get(record.id) ?? null,
    previousKnown: revisions.some(({ hash }) => hash === record.previous),
    sameRevisionHash: revisions.find(({ revision }) => revision === record.revision)?.hash ?? null,
    agreement: node.world.agreements.get(`${node.service} ${arrival.peer}`) ?? null,
    permissions: [],
    heldTargets: new Set(),
    today: today(node),
  });
  if (isRefusal(verdict)) {
    if (verdict.code === 'revision-equivocation') keepAsEvidence(node, record, arrival.peer, after);
    refuseArrival(node, arrival, record.hash, verdict.code, after);
    return;
  }
  if (verdict.verdict === 'hold') {
    after.note(() => node.world.checkers.watch.counts.held++);
    const row = { ...arrival, hash: record.hash, waitsFor: verdict.waitsFor };
    disk.held.set(`${arrival.peer} ${placeText(arrival)}`, row);
    return;
  }
  keepRecord(node, record, arrival.peer, after);
  if (verdict.becomesHead) {
    const { origin, kind, hash, revision, status } = record;
    const state = status === 'active' ? 'active' : 'quarantined';
    moveHead(node, record.id, { origin, kind, hash, revision, state }, after);
  }
  retryHeld(node, record.hash, after);
}

/** REC-4: both contradicting revisions are kept, neither stays active. */
function keepAsEvidence(node: SimNode, record: VerifiedRecord, from: ServiceId, after: AfterCommit): void {
  keepRecord(node, record, from, after);
  const head = node.disk.heads.get(record.id);
  if (head !== undefined) moveHead(node, record.id, { ...head, state: 'equivocal' }, after);
}

/** EXC-4: what we lack may come back; until then it waits. */
function refuseArrival(
  node: SimNode,
  arrival: Arrival,
  record: RecordHash | null,
  code: RefusalCode,
  after: AfterCommit,
): void {
  if (record !== null && curable.has(code) && mayLackSomething(node, arrival.peer)) {
    const row = { ...arrival, hash: record, waitsFor: waitsForRecovery };
    node.disk.held.set(`${arrival.peer} ${placeText(arrival)}`, row);
    return;
  }
  refuseMessage(node, arrival, code, after, record);
}

/** Refusals that a lost record of our own may have brought about. */
const curable: ReadonlySet<RefusalCode> = new Set(['onward-not-permitted', 'link-target-unknown']);

/** What waited for this is tried again. */
export function retryHeld(node: SimNode, waitsFor: string, after: AfterCommit): void {
  for (const held of [...node.disk.held.group(waitsFor)]) {
    node.disk.held.delete(`${held.peer} ${placeText(held)}`);
    takeRecord(node, held, after);
  }
}

/** What a node does with records: the protocol's own admission and release over the node's disk. */
import { kindOf } from '#src/kinds/index.ts';
import { type PermissionStanding, permissionStanding } from '#src/protocol/admission/permission.ts';
import type { RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRevision } from '#src/protocol/record/verify.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { placeText } from './checkers/exactly-once.ts';
import { enterCorrection, problemOfCorrectionHere } from './correcting.ts';
import type { AfterCommit } from './disk.ts';
import { givenAmong, heldRevisions, namedRevisions, targetsOf } from './held.ts';
import { type Arrived, keepRecord, keyOf, moveHead, refuseMessage, today } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { HeldRow } from './node-disk.ts';
import { confirmHolding, enterPermission } from './onward.ts';
import { mayLackSomething, waitsForRecovery } from './recovering.ts';
import { bareOf } from './writing.ts';

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
  const revisions = [...disk.revisionsOf(record.id), ...disk.skipped.group(record.id)];
  const permissions = [...disk.permissions.group(record.id)];
  const from = relayOf(node, record, arrival, permissions);
  const verdict = node.world.core.admitRecord(record, {
    from,
    self: node.service,
    kind: kindOf(record.kind),
    head: disk.heads.get(record.id) ?? null,
    held: heldRevisions(node, record.id),
    named: namedRevisions(node, record.id),
    agreement: node.world.agreements.get(`${node.service} ${from}`) ?? null,
    permissions: record.origin === arrival.peer ? [] : permissions,
    inLetter: arrival.within !== undefined,
    given: givenAmong(node, record),
    targets: targetsOf(node, record),
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
    disk.held.set(heldKey(arrival), row);
    // whoever carried a letter cannot be asked: its author sends the chain along
    const wanted = { type: 'revision-wanted', record: verdict.waitsFor } as const;
    if (arrival.within === undefined) disk.enqueue(arrival.peer, { message: wanted });
    return;
  }
  const standing = record.kind === 'permission' ? permissionStanding(record) : null;
  if (standing !== null && isRefusal(standing)) {
    refuseArrival(node, arrival, record.hash, standing.code, after);
    return;
  }
  const problem = problemOfCorrectionHere(node, record);
  if (problem !== null) {
    refuseArrival(node, arrival, record.hash, problem, after);
    return;
  }
  const isNew = revisions.every(({ hash }) => hash !== record.hash);
  keepRecord(node, record, from, after);
  if (record.kind === 'permission' && verdict.becomesHead) enterPermission(node, record);
  if (verdict.becomesHead) {
    const { origin, kind, hash, revision, status } = record;
    const state = status === 'active' ? 'active' : 'quarantined';
    moveHead(node, record.id, { origin, kind, hash, revision, state }, after);
  }
  if (isNew && record.origin !== arrival.peer) confirmHolding(node, record, from);
  if (record.kind === 'correction') enterCorrection(node, record, after);
  retryHeld(node, record.hash, after);
}

/** REL-3: what is in a letter counts as come by the relay that its permission names, whoever carried the letter. */
function relayOf(
  node: SimNode,
  record: VerifiedRecord,
  { within, peer }: Arrival,
  permissions: readonly PermissionStanding[],
): ServiceId {
  if (within === undefined) return peer;
  const named = permissions.find(({ onwardTo, about }) => onwardTo === node.service && about.hash === record.hash);
  return named?.grantee ?? peer;
}

function heldKey(arrival: Arrival): string {
  return `${arrival.peer} ${placeText(arrival)} ${arrival.within ?? ''}`;
}

/** REC-4: a bare revision closes a chain, and what waited for it is tried again. */
export function takeRevision(node: SimNode, jwt: string, place: Arrived, after: AfterCommit): void {
  const { disk, world } = node;
  const keys = (origin: ServiceId, key: string) => keyOf(node, origin, key);
  const revision = verifyRevision(jwt, keys, world.crypto.primitives);
  if (isRefusal(revision)) {
    refuseMessage(node, place, revision.code, after);
    return;
  }
  const head = disk.heads.get(revision.id);
  if (head === undefined ? revision.origin !== place.peer : head.origin !== revision.origin) {
    const code = head === undefined ? 'onward-not-permitted' : 'record-not-by-origin';
    refuseMessage(node, place, code, after, revision.hash);
    return;
  }
  const known = heldRevisions(node, revision.id);
  const contradicts = known.some((held) => held.revision === revision.revision && held.hash !== revision.hash);
  const problem = contradicts ? null : world.core.problemOfSuccession(revision, known);
  if (problem !== null) {
    refuseMessage(node, place, problem.code, after, revision.hash);
    return;
  }
  disk.skipped.set(revision.hash, revision);
  if (contradicts) {
    if (head !== undefined) moveHead(node, revision.id, { ...head, state: 'equivocal' }, after);
    refuseMessage(node, place, 'revision-equivocation', after, revision.hash);
    return;
  }
  retryHeld(node, revision.hash, after);
}

/** To a peer that has another revision of the same record from us. Everyone else hears nothing. */
export function giveMissing({ disk }: SimNode, hash: RecordHash, peer: ServiceId): void {
  const record = disk.records.get(hash);
  const jwt = record === undefined ? disk.skipped.get(hash)?.jwt : bareOf(record);
  const id = record?.id ?? disk.skipped.get(hash)?.id;
  if (jwt === undefined || id === undefined) return;
  const isHolder = [...disk.holders.group(id)].some(({ holder }) => holder === peer);
  if (isHolder) disk.enqueue(peer, { message: { type: 'revision', jwt } });
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
    node.disk.held.set(heldKey(arrival), row);
    return;
  }
  refuseMessage(node, arrival, code, after, record);
}

/** Refusals that a lost record of our own may have brought about. */
const curable: ReadonlySet<RefusalCode> = new Set(['onward-not-permitted', 'link-target-unknown']);

/** What waited for this is tried again. */
export function retryHeld(node: SimNode, waitsFor: string, after: AfterCommit): void {
  for (const held of [...node.disk.held.group(waitsFor)]) {
    node.disk.held.delete(heldKey(held));
    takeRecord(node, held, after);
  }
}

/** How records are written in the simulator. */

import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { Level, Marking } from '#src/protocol/marking/marking.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { arrangeRecord, entropyNeeded, issueRecord, prepareRecord } from '#src/protocol/record/issue.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { recordIdEntropyBytes, recordIdOf } from '#src/protocol/record/record-id.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { compartments, simPurposes } from './agreements.ts';
import type { AfterCommit } from './disk.ts';
import { keepRecord, moveHead, today } from './keeping.ts';
import type { SimNode } from './node.ts';
import { enterPermission } from './onward.ts';
import type { Random } from './random.ts';

/** Signs a draft as this service, keeps it, and releases it. */
export function issue(
  node: SimNode,
  draft: RecordDraft,
  recipients: readonly ServiceId[],
  random: Random,
  after: AfterCommit,
): VerifiedRecord {
  const { primitives } = node.world.crypto;
  // Who lies signs also what an honest issuer refuses, so that whoever gets it has to.
  const prepare = node.lies ? arrangeRecord : prepareRecord;
  const prepared = prepare(draft, node.keyId, random.bytes(entropyNeeded(draft)), primitives);
  if (isRefusal(prepared)) throw new Error(`the simulator wrote a bad draft: ${prepared.code} ${prepared.at}`);
  const record = issueRecord(prepared, node.keys.sign(prepared.signingInput), primitives);
  node.world.checkers.markings.written(record.hash, draft);
  const { checkers } = node.world;
  // of a liar's permissions none is anybody's
  if (!node.lies) checkers.permissions.written(draft);
  if (record.kind === 'permission') enterPermission(node, record);
  keepRecord(node, record, node.service, after);
  const { origin, kind, hash, revision, status } = record;
  const state = status === 'active' ? 'active' : 'quarantined';
  moveHead(node, record.id, { origin, kind, hash, revision, state }, after);
  for (const recipient of recipients) release(node, record, recipient, random);
  return record;
}

/** Asked for now, decided when it is sent. */
export function release(
  node: SimNode,
  { id: record, hash }: VerifiedRecord,
  recipient: ServiceId,
  random: Random,
): void {
  const id = uuid(node, random);
  node.disk.releases.set(id, { id, record, hash, recipient, state: 'queued', code: null, refusedBy: null });
  node.disk.enqueue(recipient, { release: id });
}

export type Blank = Omit<RecordDraft, 'kind' | 'grading' | 'marking' | 'title' | 'portions' | 'body' | 'links'>;

/** What every draft has. */
export function blank(node: SimNode, random: Random): Blank {
  return {
    id: recordIdOf(node.service, node.now, random.bytes(recordIdEntropyBytes), node.world.crypto.primitives),
    revision: 1,
    previous: null,
    status: 'active',
    origin: node.service,
    language: random.pick(['ar', 'fr', 'en']),
    createdAt: Math.floor(node.now / 1000),
    purpose: random.pick(simPurposes),
    legalBasis: 'Law 1, article 2',
    reviewBy: today(node),
    desk: 'liaison',
    cites: [],
  };
}

export function drawMarking(node: SimNode, random: Random, levelMax: Level): Marking {
  return {
    level: random.between(0, levelMax) as Level,
    compartments: random.some(compartments, 0.15),
    handling: random.chance(0.3) ? [{ code: 'H2', originator: node.service }] : [],
    releasableTo: random.chance(0.75) ? 'any' : random.some([...node.peers.keys()].sort(), 0.5),
  };
}

/** UUIDv7 of the virtual clock. */
function uuid(node: SimNode, random: Random): string {
  const time = node.now.toString(16).padStart(12, '0');
  const hex = Buffer.from(random.bytes(10)).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

export function bareOf(record: VerifiedRecord): string {
  return serialiseRecord(record, new Set()).split('~')[0] ?? '';
}

export function copyOf(record: VerifiedRecord, digests: readonly string[]): LetterMessage {
  return { type: 'record', sdJwt: serialiseRecord(record, new Set(digests)) };
}

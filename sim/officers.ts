/** What officers do in the simulator: write leads, answer, revise, withdraw, note that they read. */
import type { Level, Marking } from '#src/protocol/marking/marking.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { entropyNeeded, issueRecord, prepareRecord } from '#src/protocol/record/issue.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { recordIdEntropyBytes, recordIdOf } from '#src/protocol/record/record-id.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { compartments, simPurposes } from './agreements.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { HeadRow } from './node-disk.ts';
import { keepRecord, moveHead, today } from './node-records.ts';
import type { Random } from './random.ts';

/** One thing that an officer of this node does now. */
export function officerActs(node: SimNode, random: Random, after: AfterCommit): void {
  const own = headsOf(node, node.service);
  const received = node.peers.size === 0 ? [] : headsOf(node, random.pick([...node.peers.keys()]));
  const acts = [
    ...['lead', 'lead'],
    ...(own.length > 0 ? ['revise', 'withdraw', 'send-older'] : []),
    ...(received.length > 0 ? ['answer', 'answer', 'read'] : []),
  ];
  switch (random.pick(acts)) {
    case 'lead':
      writeLead(node, random, after);
      break;
    case 'revise':
      revise(node, recordOf(node, random.pick(own)), 'active', random, after);
      break;
    case 'withdraw':
      revise(node, recordOf(node, random.pick(own)), 'withdrawn', random, after);
      break;
    case 'send-older':
      sendOlder(node, recordOf(node, random.pick(own)), random);
      break;
    case 'answer':
      answer(node, recordOf(node, random.pick(received)), random, after);
      break;
    case 'read':
      noteReading(node, recordOf(node, random.pick(received)));
      break;
  }
}

function noteReading(node: SimNode, { origin, hash }: VerifiedRecord): void {
  node.disk.enqueue(origin, { message: { type: 'read-notice', record: hash, readAt: node.now } });
}

function headsOf(node: SimNode, origin: ServiceId): HeadRow[] {
  return [...node.disk.heads.group(origin)];
}

function recordOf(node: SimNode, { hash }: HeadRow): VerifiedRecord {
  const record = node.disk.records.get(hash);
  if (record === undefined) throw new Error('a head without its record');
  return record;
}

function writeLead(node: SimNode, random: Random, after: AfterCommit): void {
  const marking = drawMarking(node, random, 1);
  const draft: RecordDraft = {
    ...blank(node, random),
    kind: 'report',
    grading: { source: random.pick(['A', 'B', 'F']), information: random.pick(['1', '2', '6']) },
    marking,
    title: `lead ${random.between(1, 9_999)}`,
    portions: Array.from({ length: random.between(1, 3) }, (_, index) => ({
      text: `portion ${index}`,
      nature: random.pick(['fact', 'assessment']),
      marking: random.chance(0.5) ? marking : drawMarking(node, random, 4),
    })),
    body: { reportType: 'lead', urgency: random.pick(['routine', 'urgent']) },
    links: [],
  };
  issue(node, draft, random.some([...node.peers.keys()], 0.5), random, after);
}

function answer(node: SimNode, to: VerifiedRecord, random: Random, after: AfterCommit): void {
  const { origin, id: record, revision, hash, purpose } = to;
  const draft: RecordDraft = {
    ...blank(node, random),
    kind: 'disposition',
    purpose,
    marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
    title: 'decision',
    portions: [],
    body: random.chance(0.5) ? { decision: 'act' } : { decision: 'no-action', reason: 'known to us' },
    links: [{ type: 'replies-to', origin, record, revision, hash }],
  };
  issue(node, draft, [origin], random, after);
}

/** Goes to all who got the record before: by the release rows of its earlier revisions. */
function revise(
  node: SimNode,
  before: VerifiedRecord,
  status: 'active' | 'withdrawn',
  random: Random,
  after: AfterCommit,
): void {
  const { title = '', desk = '', portions, body, cites, links, marking, grading, purpose, kind } = before;
  const draft: RecordDraft = {
    ...blank(node, random),
    id: before.id,
    kind,
    revision: before.revision + 1,
    previous: before.hash,
    status,
    ...(grading && { grading }),
    purpose,
    marking,
    title,
    desk,
    portions,
    body,
    cites,
    links,
  };
  issue(node, draft, recipientsOf(node, before.id), random, after);
}

/** An older revision released to somebody after a newer one: it arrives late, or where nothing was before. */
function sendOlder(node: SimNode, head: VerifiedRecord, random: Random): void {
  const older = node.disk.revisionsOf(head.id);
  const recipients = [...node.peers.keys()];
  if (recipients.length > 0) release(node, random.pick(older), random.pick(recipients), random);
}

function recipientsOf(node: SimNode, record: string): ServiceId[] {
  return [...new Set([...node.disk.releases.group(record)].map(({ recipient }) => recipient))];
}

function issue(
  node: SimNode,
  draft: RecordDraft,
  recipients: readonly ServiceId[],
  random: Random,
  after: AfterCommit,
): void {
  const { primitives } = node.world.crypto;
  const prepared = prepareRecord(draft, node.keyId, random.bytes(entropyNeeded(draft)), primitives);
  if (isRefusal(prepared)) throw new Error(`the simulator wrote a bad draft: ${prepared.code} ${prepared.at}`);
  const record = issueRecord(prepared, node.keys.sign(prepared.signingInput), primitives);
  node.world.checkers.markings.written(record.hash, draft);
  keepRecord(node, record, node.service, after);
  const { origin, kind, hash, revision, status } = record;
  const state = status === 'active' ? 'active' : 'quarantined';
  moveHead(node, record.id, { origin, kind, hash, revision, state }, after);
  for (const recipient of recipients) release(node, record, recipient, random);
}

function release(node: SimNode, { id: record, hash }: VerifiedRecord, recipient: ServiceId, random: Random): void {
  const id = uuid(node, random);
  node.disk.releases.set(id, { id, record, hash, recipient, state: 'queued', code: null, refusedBy: null });
  node.disk.enqueue(recipient, { release: id });
}

type Blank = Omit<RecordDraft, 'kind' | 'grading' | 'marking' | 'title' | 'portions' | 'body' | 'links'>;

function blank(node: SimNode, random: Random): Blank {
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

function drawMarking(node: SimNode, random: Random, levelMax: Level): Marking {
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

/** What officers do in the simulator: write leads, answer, revise, withdraw, note that they read. */
import type { Change } from '#src/protocol/correction/next-revision.ts';
import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { answerOne, revise } from './correcting.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { HeadRow } from './node-disk.ts';
import { passOn, permitSome, revoke } from './permitting.ts';
import type { Random } from './random.ts';
import { blank, drawMarking, issue, release } from './writing.ts';

/** One thing that an officer of this node does now. */
export function officerActs(node: SimNode, random: Random, after: AfterCommit): void {
  if (!node.mayWrite()) return;
  if (random.chance(0.5) && passOn(node, random)) return;
  const own = headsOf(node, node.service);
  const received = node.peers.size === 0 ? [] : headsOf(node, random.pick([...node.peers.keys()]));
  const acts = [
    ...['lead', 'lead', 'lead'],
    ...(own.length > 0 ? ['revise', 'withdraw', 'send-older', 'permit', 'permit', 'permit', 'revoke'] : []),
    ...(received.length > 0 ? ['answer', 'answer', 'read', 'answer-correction'] : []),
  ];
  switch (random.pick(acts)) {
    case 'lead':
      writeLead(node, random, after);
      break;
    case 'revise':
      correctOne(node, recordOf(node, random.pick(own)), 'corrected', random, after);
      break;
    case 'withdraw':
      correctOne(node, recordOf(node, random.pick(own)), 'withdrawn', random, after);
      break;
    case 'send-older':
      sendOlder(node, recordOf(node, random.pick(own)), random);
      break;
    case 'answer':
      answer(node, recordOf(node, random.pick(received)), random, after);
      break;
    case 'permit':
      permitSome(node, recordOf(node, random.pick(own.slice(-6))), random, after);
      break;
    case 'revoke':
      revoke(node, random, after);
      break;
    case 'answer-correction':
      answerOne(node, random, after);
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

function correctOne(
  node: SimNode,
  before: VerifiedRecord,
  change: 'corrected' | 'withdrawn',
  random: Random,
  after: AfterCommit,
): void {
  node.world.checkers.watch.counts.corrections++;
  revise(
    node,
    before,
    change === 'corrected' ? corrected(before, random) : { change, title: titlesOfTakenBack[change].en },
    random,
    after,
  );
}

function corrected(before: VerifiedRecord, random: Random): Change {
  const portions = before.portions.map((portion) => ({ ...portion, text: `${portion.text} anew` }));
  return { change: 'corrected', title: `lead ${random.between(1, 9_999)}`, grading: null, portions };
}

/** An older revision to somebody who was given the newest: it arrives late. */
function sendOlder(node: SimNode, head: VerifiedRecord, random: Random): void {
  const older = node.disk.revisionsOf(head.id);
  const has = [...node.disk.holders.group(head.id)].filter(({ hash, via }) => hash === head.hash && via === null);
  const recipients = has.map(({ holder }) => holder);
  if (recipients.length > 0) release(node, random.pick(older), random.pick(recipients), random);
}

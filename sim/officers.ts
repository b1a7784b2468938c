/** What officers do in the simulator: write leads, answer, revise, withdraw, note that they read. */
import { calendarDateOf } from '#src/protocol/calendar.ts';
import { type Change, referenceTo } from '#src/protocol/correction/next-revision.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { answerOne, revise } from './correcting.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { HeadRow } from './node-disk.ts';
import { cardOf, relayable } from './onward.ts';
import type { Random } from './random.ts';
import { sendTo } from './ways.ts';
import { blank, copyOf, drawMarking, issue, release } from './writing.ts';

/** One thing that an officer of this node does now. */
export function officerActs(node: SimNode, random: Random, after: AfterCommit): void {
  if (!node.mayWrite()) return;
  const own = headsOf(node, node.service);
  const received = node.peers.size === 0 ? [] : headsOf(node, random.pick([...node.peers.keys()]));
  const acts = [
    ...['lead', 'lead', 'lead', 'pass-on', 'pass-on'],
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
      permit(node, recordOf(node, random.pick(own.slice(-6))), random, after);
      break;
    case 'revoke':
      revoke(node, random, after);
      break;
    case 'pass-on':
      passOn(node, random);
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
    change === 'corrected' ? corrected(before, random) : { change, title: 'withdrawn' },
    random,
    after,
  );
}

function corrected(before: VerifiedRecord, random: Random): Change {
  const portions = before.portions.map((portion) => ({ ...portion, text: `${portion.text} anew` }));
  return { change: 'corrected', title: `lead ${random.between(1, 9_999)}`, grading: null, portions };
}

/** PRM-1: a direct or onward holder may pass a record of ours on to one of its partners, whole or in part, for some days. */
function permit(node: SimNode, record: VerifiedRecord, random: Random, after: AfterCommit): void {
  const holders = [...node.disk.holders.group(record.id)].filter(({ hash }) => hash === record.hash);
  if (holders.length === 0) return;
  const { holder: grantee, digests } = random.pick(holders);
  const held = new Set(holders.map(({ holder }) => holder));
  const others = [...node.world.node(grantee).peers.keys()].filter((each) => each !== node.service && !held.has(each));
  if (others.length === 0) return;
  const onwardTo = random.pick(others);
  knowEachOther(node, onwardTo);
  const portions = new Set(
    record.disclosures.filter(({ path }) => path.startsWith('portions/')).map(({ digest }) => digest),
  );
  const body = {
    use: 'onward',
    decision: 'granted',
    grantee,
    onwardTo,
    record: record.id,
    hash: record.hash,
    digests: digests.filter((digest) => !portions.has(digest) || random.chance(0.7)).toSorted(),
    validUntil: calendarDateOf(Math.floor(node.now / 1_000) + random.pick([-1, 0, 1, 30]) * 86_400),
  };
  const permission = issue(node, permissionDraft(node, record, body, random), [], random, after);
  sendTo(node, grantee, cardFor(node, onwardTo).concat(copyOf(permission, digestsWith(permission, []))));
}

/** The request for a permission brings the card of the service that it names. */
function knowEachOther(node: SimNode, other: ServiceId): void {
  const { keys } = node.world.node(other);
  if (node.peers.has(other)) return;
  node.disk.vouched.set(other, { service: other, signingKey: keys.signingKey, sealingKey: keys.sealingKey });
}

function cardFor(node: SimNode, service: ServiceId): LetterMessage[] {
  const card = cardOf(node, service);
  return card === null ? [] : [{ type: 'card', card }];
}

function permissionDraft(
  node: SimNode,
  record: VerifiedRecord,
  body: RecordDraft['body'],
  random: Random,
): RecordDraft {
  return {
    ...blank(node, random),
    kind: 'permission',
    purpose: record.purpose,
    marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
    title: 'permission',
    portions: [],
    body,
    links: [{ ...referenceTo(record), type: 'about' }],
  };
}

/** PRM-1: the next revision of a permission ends it; both whom it names are told, also while what it let go is under way. */
function revoke(node: SimNode, random: Random, after: AfterCommit): void {
  const granted = [...node.disk.permissions.values()].filter(
    ({ origin, decision }) => origin === node.service && decision === 'granted',
  );
  if (granted.length === 0) return;
  const { hash, grantee, onwardTo, about } = random.pick(granted);
  const old = node.disk.records.get(hash);
  if (old === undefined || onwardTo === null) return;
  const body = { use: 'onward', decision: 'revoked', grantee, onwardTo, record: about.record, hash: about.hash };
  const draft: RecordDraft = {
    ...old,
    revision: old.revision + 1,
    previous: old.hash,
    title: 'permission revoked',
    desk: 'liaison',
    body: { ...body, ground: 'trust-ended' },
  };
  const revoked = issue(node, draft, [], random, after);
  for (const told of [grantee, onwardTo]) sendTo(node, told, [copyOf(revoked, digestsWith(revoked, []))]);
}

/** REL-3: card, permission and copy, in this order; whether it may go is decided when it goes. */
function passOn(node: SimNode, random: Random): void {
  const permitted = relayable(node);
  if (permitted.length === 0) return;
  const { hash, about, onwardTo, origin } = random.pick(permitted.slice(-4));
  const [permission, record] = [node.disk.records.get(hash), node.disk.records.get(about.hash)];
  if (permission === undefined || record === undefined || onwardTo === null) return;
  for (const message of cardFor(node, origin)) node.disk.enqueue(onwardTo, { message });
  release(node, permission, onwardTo, random);
  release(node, record, onwardTo, random);
}

/** An older revision to somebody who was given the newest: it arrives late. */
function sendOlder(node: SimNode, head: VerifiedRecord, random: Random): void {
  const older = node.disk.revisionsOf(head.id);
  const has = [...node.disk.holders.group(head.id)].filter(({ hash, via }) => hash === head.hash && via === null);
  const recipients = has.map(({ holder }) => holder);
  if (recipients.length > 0) release(node, random.pick(older), random.pick(recipients), random);
}

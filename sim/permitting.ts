/** What officers do about permissions: an origin permits and revokes, a relay passes on (PRM-1, REL-3). */
import { calendarDateOf } from '#src/protocol/calendar.ts';
import { referenceTo } from '#src/protocol/correction/next-revision.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import { cardOf, relayable } from './onward.ts';
import type { Random } from './random.ts';
import { sendTo } from './ways.ts';
import { blank, copyOf, issue, release } from './writing.ts';

/** PRM-1: a direct or onward holder may pass a record of ours on to one of its partners, whole or in part, for some days. */
export function permitSome(node: SimNode, record: VerifiedRecord, random: Random, after: AfterCommit): void {
  const holders = [...node.disk.holders.group(record.id)].filter(({ hash }) => hash === record.hash);
  if (holders.length === 0) return;
  // mostly the last one, so that chains grow
  const { holder: grantee, digests } = random.chance(0.7)
    ? (holders.at(-1) ?? random.pick(holders))
    : random.pick(holders);
  const held = new Set(holders.map(({ holder }) => holder));
  const others = [...node.world.node(grantee).peers.keys()].filter((each) => each !== node.service && !held.has(each));
  if (others.length === 0) return;
  permit(node, record, { grantee, onwardTo: random.pick(others), digests }, random, after);
}

/** PRM-1: whole or without some portions, for some days; now and then it is over before it comes. */
export function permit(
  node: SimNode,
  record: VerifiedRecord,
  who: { readonly grantee: ServiceId; readonly onwardTo: ServiceId; readonly digests: readonly string[] },
  random: Random,
  after: AfterCommit,
): void {
  const { grantee, onwardTo, digests } = who;
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
    digests: digests.filter((digest) => !portions.has(digest) || random.chance(0.85)).toSorted(),
    validUntil: calendarDateOf(Math.floor(node.now / 1_000) + random.pick([-1, 1, 30, 30]) * 86_400),
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
    title: 'Permission',
    portions: [],
    body,
    links: [{ ...referenceTo(record), type: 'about' }],
  };
}

/** PRM-1: the next revision of a permission ends it; both whom it names are told, also while what it let go is under way. */
export function revoke(node: SimNode, random: Random, after: AfterCommit): void {
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
    title: 'Permission',
    desk: 'liaison',
    body: { ...body, ground: 'trust-ended' },
  };
  const revoked = issue(node, draft, [], random, after);
  for (const told of [grantee, onwardTo]) sendTo(node, told, [copyOf(revoked, digestsWith(revoked, []))]);
}

/** REL-3: card, permission and copy, in this order; whether it may go is decided when it goes. */
export function passOn(node: SimNode, random: Random): boolean {
  const permitted = relayable(node);
  if (permitted.length === 0) return false;
  const { hash, about, onwardTo, origin } = random.pick(permitted.slice(-4));
  const [permission, record] = [node.disk.records.get(hash), node.disk.records.get(about.hash)];
  if (permission === undefined || record === undefined || onwardTo === null) return false;
  for (const message of cardFor(node, origin)) node.disk.enqueue(onwardTo, { message });
  release(node, permission, onwardTo, random);
  release(node, record, onwardTo, random);
  return true;
}

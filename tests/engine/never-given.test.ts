/** What a partner may say of records of ours that it was given, and of those that it was not; a real engine, a partner made by hand. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { uuidV7 } from '#src/engine/uuid.ts';
import { kindOf } from '#src/kinds/index.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;
const idOf = (of: FakePeer) => of.keyring.identity.service;
beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
  const agreement = await peer.agreement(day(300));
  await send([recordOf(agreement), recordOf(await peer.assent(agreement))]);
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
  });
});
afterAll(() => node.close());

const recordOf = (record: VerifiedRecord) => ({ type: 'record', sdJwt: serialiseRecord(record) });
async function send(messages: readonly Json[]): Promise<number> {
  const reply = await node.engine.receive(await peer.envelope(messages));
  if (isRefusal(reply)) throw new Error(reply.code);
  return peer.sequence;
}
async function refusalOf(message: Json): Promise<string> {
  const sequence = await send([message]);
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = peer.received.find((one) => one.message.type === 'refusal' && one.message.sequence === sequence);
    if (found?.message.type === 'refusal') return found.message.code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing came');
}
const signing = () => ({
  keyring: node.keyring,
  primitives: nodePrimitives,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
});
async function ownReport(): Promise<VerifiedRecord> {
  const at = Date.now();
  const record = await issue({ ...reportBy(node.keyring.identity.service), id: newRecordId(signing(), at) }, signing());
  if (isRefusal(record)) throw new Error(record.code);
  await node.store.unit((unit) => keepOwn(unit, record, { officer: null, desks: ['liaison'], at }));
  return record;
}
/** Given to the peer as this message of the batch (1, 900); it went at `at`. */
async function given(record: VerifiedRecord, index: number, at: number): Promise<string> {
  const id = uuidV7(at, new Uint8Array(randomBytes(10)));
  const { origin, id: of, revision, hash } = record;
  const reference = { origin, record: of, revision, hash };
  await node.store.unit(async (unit) => {
    const release = { id, reference, recipient: idOf(peer), purpose: record.purpose, withheld: [] };
    await unit.putRelease(release, null, at);
    await unit.releaseSent(id, { epoch: 1, sequence: 900, index, digests: [] }, at);
    await unit.putHolder({ record: of, hash, holder: idOf(peer), via: null, digests: [] }, 'granted', at);
  });
  return id;
}
const standing = async (record: VerifiedRecord) =>
  (await node.store.unit((unit) => unit.releasesGiven(idOf(peer), record.hash)))[0];
const bodies: { readonly [kind: string]: { readonly [field: string]: Json } } = {
  disposition: { decision: 'act' },
  outcome: { results: [{ result: 'arrests', count: 3 }] },
  answer: { answer: 'no-information' },
  'permission-request': { use: 'judicial', reason: 'x' },
};
const marking = { level: 1, compartments: [], handling: [], releasableTo: 'any' } as const;
const say = (kind: string, to: VerifiedRecord, hash = to.hash) => {
  const type = kind === 'permission-request' ? 'about' : 'replies-to';
  return peer.record({
    kind,
    title: kindOf(kind)?.caption.en ?? kind,
    marking,
    body: bodies[kind] ?? {},
    portions: kind === 'outcome' ? [{ text: 'x', nature: 'fact', marking }] : [],
    links: [{ type, origin: to.origin, record: to.id, revision: to.revision, hash }],
  });
};

describe('[REL-3] about a record that it was not given, a partner', () => {
  it.each(Object.keys(bodies))('says nothing by a %s, nor by an invented hash of one that it was', async (kind) => {
    const own = await ownReport();
    expect(await refusalOf(recordOf(await say(kind, own)))).toBe('link-target-unknown');
    await given(own, Object.keys(bodies).indexOf(kind), Date.now());
    expect(await refusalOf(recordOf(await say(kind, own, idOf(peer))))).toBe('link-target-unknown');
    const taken = await say(kind, own);
    await send([recordOf(taken)]);
    expect(await node.store.unit((unit) => unit.head(taken.id))).not.toBeNull();
  });

  it('[REL-2] has read nothing', async () => {
    const own = await ownReport();
    const notice = (record: string) => ({ type: 'read-notice', record, readAt: Date.now() });
    expect(await refusalOf(notice(own.hash))).toBe('link-target-unknown');
    expect(await refusalOf(notice(idOf(peer)))).toBe('link-target-unknown');
  });
});

describe('[REL-2] a release', () => {
  const refusal = (index: number, record: string | null) => {
    return { type: 'refusal', epoch: 1, sequence: 900, index, record, code: 'record-too-large' };
  };

  it('is read between its sending and the notice, whatever time that states, and then refused by no late word', async () => {
    const [early, late] = [await ownReport(), await ownReport()];
    const at = Date.now() - 60_000;
    await given(early, 10, at);
    await given(late, 11, at);
    await send([
      { type: 'read-notice', record: early.hash, readAt: 0 },
      { type: 'read-notice', record: late.hash, readAt: Date.now() + 200_000 },
    ]);
    expect(await standing(early)).toMatchObject({ readAt: at });
    const read = (await standing(late))?.readAt ?? 0;
    expect(read).toBeGreaterThan(at);
    expect(read).toBeLessThanOrEqual(Date.now());
    await send([refusal(10, early.hash), refusal(11, null)]);
    for (const record of [early, late]) expect(await standing(record)).toMatchObject({ state: 'sent' });
  });

  it('is refused by no word that comes after its answer, or that names another record', async () => {
    const [answered, other] = [await ownReport(), await ownReport()];
    await given(answered, 12, Date.now());
    await given(other, 13, Date.now());
    await send([recordOf(await say('disposition', answered)), refusal(12, null), refusal(13, answered.hash)]);
    expect(await standing(answered)).toMatchObject({ state: 'sent', isAnswered: true });
    expect(await standing(other)).toMatchObject({ state: 'sent' });
    await send([refusal(13, other.hash)]);
    expect(await standing(other)).toMatchObject({ state: 'refused' });
  });
});

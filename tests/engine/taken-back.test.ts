/** What an origin may not do with what it took back, or about to; a real engine, a partner made by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;
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
const head = (id: string) => node.store.unit((unit) => unit.head(id));
async function refusalOf(sequence: number): Promise<string> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = peer.received.find(({ message }) => message.type === 'refusal' && message.sequence === sequence);
    if (found?.message.type === 'refusal') return found.message.code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing came');
}
const nextOf = (before: VerifiedRecord, changes: Partial<RecordDraft> = {}) =>
  peer.record({ id: before.id, revision: before.revision + 1, previous: before.hash, ...changes });
const withdrawalOf = (before: VerifiedRecord, changes: Partial<RecordDraft> = {}) =>
  peer.sign({ ...takenBackOf(before, 'withdrawn'), ...changes });
const linkTo = (type: RecordLink['type'], { origin, id, revision, hash }: VerifiedRecord): RecordLink => {
  return { type, origin, record: id, revision, hash };
};
const noticeOf = (before: VerifiedRecord, after: VerifiedRecord) =>
  peer.record({
    kind: 'correction',
    title: 'Correction',
    portions: [],
    marking: { level: 1, compartments: [], handling: [], releasableTo: 'any' },
    body: {
      change: 'corrected',
      ground: 'factual-error',
      explanation: 'x',
      respondBy: day(9),
      record: after.id,
      hash: after.hash,
    },
    links: [linkTo('about', after), linkTo('supersedes', before)],
  });

describe('a record that was taken back', () => {
  it('[COR-3] is not revived by an active revision, whole or bare, and its copy stays quarantined', async () => {
    const first = await peer.record();
    const withdrawal = await withdrawalOf(first);
    await send([recordOf(first), recordOf(withdrawal)]);
    const revival = await nextOf(withdrawal);
    expect(await refusalOf(await send([recordOf(revival)]))).toBe('record-withdrawn');
    expect(await refusalOf(await send([{ type: 'revision', jwt: revival.jwt }]))).toBe('record-withdrawn');
    expect(await head(first.id)).toMatchObject({ hash: withdrawal.hash, state: 'quarantined' });
  });

  it('[COR-3] is not revived where the withdrawal is held by its bare signature alone', async () => {
    const first = await peer.record();
    const withdrawal = await withdrawalOf(first);
    const revival = await nextOf(withdrawal);
    const sequence = await send([recordOf(first), { type: 'revision', jwt: withdrawal.jwt }, recordOf(revival)]);
    expect(await refusalOf(sequence)).toBe('record-withdrawn');
    expect(await head(first.id)).toMatchObject({ hash: first.hash });
  });

  it('[COR-1] [MRK-1] is taken back without a word more, and not above the eyes of those who work on it', async () => {
    const first = await peer.record();
    const { portions } = first;
    const refused = async (changes: Partial<RecordDraft>) =>
      refusalOf(await send([recordOf(first), recordOf(await withdrawalOf(first, changes))]));
    expect(await refused({ portions })).toBe('revision-not-empty');
    expect(await refused({ title: first.title ?? '' })).toBe('revision-not-empty');
    expect(await refused({ marking: { ...first.marking, level: 4 } })).toBe('marking-above-record');
    expect(await head(first.id)).toMatchObject({ hash: first.hash, state: 'active' });
  });
});

describe('a correction that arrives', () => {
  it('[COR-1] is refused where the revision that it names is held otherwise, before or after it', async () => {
    const first = await peer.record();
    const second = await nextOf(first);
    const other = await nextOf(first, { title: 'Something else' });
    expect(
      await refusalOf(await send([recordOf(first), recordOf(second), recordOf(await noticeOf(first, other))])),
    ).toBe('correction-mismatch');
    expect(await head(first.id)).toMatchObject({ hash: second.hash, state: 'active' });
    const again = await peer.record();
    const [one, two] = [await nextOf(again), await nextOf(again, { title: 'Something else' })];
    const sequence = await send([recordOf(again), recordOf(await noticeOf(again, one)), recordOf(two)]);
    expect(await refusalOf(sequence)).toBe('revision-equivocation');
    expect(await head(again.id)).toMatchObject({ state: 'equivocal' });
  });
});

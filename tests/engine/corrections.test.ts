/** What a partner may do with corrections and bare revisions, and what it may not; a real engine, a partner made by hand. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { signRevision } from '#src/engine/revise.ts';
import { tellHolders } from '#src/engine/tell-holders.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;
let stranger: FakePeer;
beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
  stranger = await node.addPartner('stranger');
  for (const from of [peer, stranger]) {
    const agreement = await from.agreement(day(300));
    await send([recordOf(agreement), recordOf(await from.assent(agreement))], from);
    await node.store.unit(async (unit) => {
      const stored = await unit.agreement(agreement.id);
      if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
    });
  }
});
afterAll(() => node.close());

const recordOf = (record: VerifiedRecord) => ({ type: 'record', sdJwt: serialiseRecord(record) });
async function send(messages: readonly Json[], from = peer): Promise<number> {
  const reply = await node.engine.receive(await from.envelope(messages));
  if (isRefusal(reply)) throw new Error(reply.code);
  return from.sequence;
}
const head = (id: string) => node.store.unit((unit) => unit.head(id));
async function answered<T>(ask: () => T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing came');
}
const refusalOf = (sequence: number, from = peer) =>
  answered(() => {
    const found = from.received.find(({ message }) => message.type === 'refusal' && message.sequence === sequence);
    return found?.message.type === 'refusal' ? found.message.code : undefined;
  });
const nextOf = (before: VerifiedRecord, changes: Partial<RecordDraft> = {}) =>
  peer.record({ id: before.id, revision: before.revision + 1, previous: before.hash, ...changes });
const linkTo = (type: RecordLink['type'], { origin, id, revision, hash }: VerifiedRecord): RecordLink => {
  return { type, origin, record: id, revision, hash };
};
const plain = { level: 1, compartments: [], handling: [], releasableTo: 'any' } as const;
const noticeOf = (before: VerifiedRecord, after: VerifiedRecord, changes: Partial<RecordDraft> = {}, from = peer) =>
  from.record({
    kind: 'correction',
    title: 'Correction',
    portions: [],
    marking: plain,
    body: {
      change: 'corrected',
      ground: 'factual-error',
      explanation: 'x',
      respondBy: day(9),
      record: after.id,
      hash: after.hash,
    },
    links: [linkTo('about', after), linkTo('supersedes', before)],
    ...changes,
  });

/** Under an own id, `change` aside: what an honest partner takes back with. */
const withdrawalOf = (before: VerifiedRecord, changes: Partial<RecordDraft> = {}) =>
  peer.sign({ ...takenBackOf(before, 'withdrawn'), ...changes });

describe('a correction that arrives', () => {
  it('[COR-1] is taken for what is held, and quarantines an old text whose new one did not come', async () => {
    const first = await peer.record();
    const second = await nextOf(first);
    await send([recordOf(first), recordOf(await noticeOf(first, second))]);
    expect(await head(first.id)).toMatchObject({ hash: first.hash, state: 'quarantined' });
    // The new text counts as soon as it is there.
    await send([recordOf(second)]);
    expect(await head(first.id)).toMatchObject({ hash: second.hash, state: 'active' });
  });

  it('[COR-1] is refused about a record that is not held, or is another’s', async () => {
    const first = await peer.record();
    const second = await nextOf(first);
    expect(await refusalOf(await send([recordOf(await noticeOf(first, second))]))).toBe('link-target-unknown');
    const theirs = await stranger.record();
    await send([recordOf(theirs)], stranger);
    const forged = await noticeOf(theirs, theirs, {
      links: [linkTo('about', theirs), linkTo('supersedes', theirs)],
    });
    expect(await refusalOf(await send([recordOf(forged)]))).toBe('record-id-foreign');
    expect(await head(theirs.id)).toMatchObject({ state: 'active' });
    expect(await head(forged.id)).toBeNull();
  });

  it('[COR-1] is refused where it calls a withdrawal a correction', async () => {
    const first = await peer.record();
    const withdrawal = await withdrawalOf(first);
    const sequence = await send([recordOf(first), recordOf(withdrawal), recordOf(await noticeOf(first, withdrawal))]);
    expect(await refusalOf(sequence)).toBe('correction-mismatch');
    expect(await head(first.id)).toMatchObject({ state: 'quarantined' });
  });

  it('[COR-3] is never undone by an older revision that comes late', async () => {
    const first = await peer.record();
    const second = await nextOf(first);
    const withdrawal = await withdrawalOf(second);
    await send([recordOf(first), { type: 'revision', jwt: second.jwt }, recordOf(withdrawal)]);
    await send([recordOf(second), recordOf(first)]);
    expect(await head(first.id)).toMatchObject({ hash: withdrawal.hash, state: 'quarantined' });
  });
});

describe('a revision that was skipped', () => {
  it('[REC-4] is asked for, and what waited for it is taken when its bare signature comes', async () => {
    const first = await peer.record();
    const second = await nextOf(first);
    const third = await nextOf(second);
    await send([recordOf(first), recordOf(third)]);
    expect(await head(first.id)).toMatchObject({ hash: first.hash });
    const wanted = await answered(() => {
      const found = peer.received.find(({ message }) => message.type === 'revision-wanted');
      return found?.message.type === 'revision-wanted' ? found.message.record : undefined;
    });
    expect(wanted).toBe(second.hash);
    await send([{ type: 'revision', jwt: second.jwt }]);
    expect(await head(first.id)).toMatchObject({ hash: third.hash, state: 'active' });
  });

  it('[REC-4] that contradicts the one that is held is kept as evidence, and the record no longer counts', async () => {
    const first = await peer.record();
    const other = await peer.record({ id: first.id, title: 'Something else' });
    const sequence = await send([recordOf(first), { type: 'revision', jwt: other.jwt }]);
    expect(await refusalOf(sequence)).toBe('revision-equivocation');
    expect(await head(first.id)).toMatchObject({ state: 'equivocal' });
    expect(await node.store.unit((unit) => unit.bareJwt(other.hash))).toBe(other.jwt);
  });

  it('[REC-1] [REC-4] is not taken from another than its origin, unless the record is held', async () => {
    const unknown = await peer.record();
    const sequence = await send([{ type: 'revision', jwt: unknown.jwt }], stranger);
    expect(await refusalOf(sequence, stranger)).toBe('onward-not-permitted');
    const [jwt = ''] = serialiseRecord(await peer.record()).split('~');
    const forged = `${jwt.slice(0, -4)}AAAA`;
    expect(await refusalOf(await send([{ type: 'revision', jwt: forged }]))).toBe('record-signature-invalid');
  });

  it('[REC-4] is given only to whoever has the record from us', async () => {
    const own = await ownReport();
    await node.store.unit((unit) =>
      unit.putHolder({ record: own.id, hash: own.hash, holder: self(), via: null, digests: [] }, 'granted', 1),
    );
    const asked = (from: FakePeer) => send([{ type: 'revision-wanted', record: own.hash }], from);
    const given = (to: FakePeer) =>
      to.received.some(({ message }) => message.type === 'revision' && message.jwt === own.jwt);
    await asked(stranger);
    await asked(peer);
    await answered(() => (given(peer) ? true : undefined));
    expect(given(stranger)).toBe(false);
  });
  const self = () => peer.keyring.identity.service;
});

describe('an answer to a correction', () => {
  const heldByPeer = (own: VerifiedRecord) => {
    const holder = { record: own.id, hash: own.hash, holder: peer.keyring.identity.service, via: null, digests: [] };
    return node.store.unit((unit) => unit.putHolder(holder, 'granted', 1));
  };
  const answerOf = (body: RecordDraft['body'], to: VerifiedRecord) =>
    peer.record({
      kind: 'correction-answer',
      title: 'Answer to a correction',
      portions: [],
      marking: plain,
      body,
      links: [linkTo('replies-to', to)],
    });

  it('[COR-2] is taken only to a correction of ours, and only where it fits', async () => {
    const own = await ownReport();
    await heldByPeer(own);
    const { correction } = await withdraw(own);
    const refused = async (record: VerifiedRecord) => refusalOf(await send([recordOf(record)]));
    expect(await refused(await answerOf({ answer: 'replaced' }, correction))).toBe('correction-answer-unfit');
    expect(await refused(await answerOf({ answer: 'relied-on' }, correction))).toBe('record-body-invalid');
    expect(await refused(await answerOf({ answer: 'quarantined' }, own))).toBe('link-target-unknown');
    await send([recordOf(await answerOf({ answer: 'relied-on', case: '7', stage: 'trial' }, correction))]);
    const answers = await node.store.unit((unit) => unit.answersTo(correction.id));
    expect(answers.map(({ answer: said }) => said)).toEqual(['relied-on']);
  });

  it.each([
    ['replaced', 'corrected'],
    ['erased', 'erased'],
  ] as const)('[COR-2] is the last one where it is *%s*', async (final, change) => {
    const own = await ownReport();
    await heldByPeer(own);
    const { correction } = await revise(
      own,
      change === 'corrected'
        ? { change, text: { title: 'Corrected', grading: null, portions: own.portions } }
        : { change },
    );
    const answer = (said: string) => answerOf({ answer: said }, correction);
    const last = await answer(final);
    await send([recordOf(await answer('quarantined')), recordOf(last), recordOf(last)]);
    const given = () => node.store.unit((unit) => unit.answersTo(correction.id));
    expect((await given()).map((one) => one.answer).toSorted()).toEqual(['quarantined', final].toSorted());
    for (const said of ['quarantined', final]) {
      expect(await refusalOf(await send([recordOf(await answer(said))]))).toBe('correction-answer-unfit');
    }
    expect(await given()).toHaveLength(2);
    expect(peer.received.filter(({ message }) => message.type === 'refusal' && message.record === last.hash)).toEqual(
      [],
    );
  });
});

describe('a new revision of an agreement in force', () => {
  it('[REC-5] leaves the old terms in force until both have assented to the new ones', async () => {
    const from = await node.addPartner('reviser');
    const first = await from.agreement(day(300));
    await send([recordOf(first), recordOf(await from.assent(first))], from);
    const partner = from.keyring.identity.service;
    const assentOurs = () =>
      node.store.unit(async (unit) => {
        const stored = await unit.agreement(first.id);
        if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
      });
    const inForce = () => node.store.unit((unit) => unit.agreementInForce(partner, day(0)));
    await assentOurs();
    expect(await inForce()).toMatchObject({ hash: first.hash, ceiling: 2 });
    const second = await from.record({
      kind: 'agreement',
      purpose: 'administration',
      title: 'Agreement',
      id: first.id,
      revision: 2,
      previous: first.hash,
      body: { ...first.body, ceiling: 1 },
      marking: { ...first.marking, releasableTo: 'any' },
      portions: [{ text: 'Less.', nature: 'fact', marking: { ...first.marking, releasableTo: 'any' } }],
    });
    await send([recordOf(second)], from);
    expect(await inForce()).toMatchObject({ hash: first.hash, ceiling: 2 });
    await send([recordOf(await from.assent(second))], from);
    expect(await inForce()).toMatchObject({ hash: first.hash, ceiling: 2 });
    await assentOurs();
    expect(await inForce()).toMatchObject({ hash: second.hash, ceiling: 1 });
  });
});

const deps = () => ({
  keyring: node.keyring,
  primitives: nodePrimitives,
  sealer: hpkeSealer,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  at: Date.now(),
});

async function ownReport(): Promise<VerifiedRecord> {
  const by = deps();
  const draft = { ...reportBy(node.keyring.identity.service), id: newRecordId(by, by.at) };
  const record = await issue(draft, by);
  if (isRefusal(record)) throw new Error(record.code);
  await node.store.unit((unit) => keepOwn(unit, record, { officer: null, desks: ['liaison'], at: by.at }));
  return record;
}

const withdraw = (record: VerifiedRecord) => revise(record, { change: 'withdrawn' });
async function revise(record: VerifiedRecord, revision: Parameters<typeof signRevision>[1]) {
  const by = { ...deps(), language: 'fr' as const, desk: 'liaison' };
  const why = { ground: 'factual-error', explanation: 'x', respondBy: day(9) } as const;
  const revised = await signRevision(record, revision, why, by);
  if (isRefusal(revised)) throw new Error(revised.code);
  await node.store.unit(async (unit) => {
    for (const one of [revised.after, revised.correction]) {
      await keepOwn(unit, one, { officer: null, desks: ['liaison'], at: by.at });
    }
    await tellHolders(unit, revised, by);
  });
  return revised;
}

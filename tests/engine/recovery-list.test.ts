/** EXC-4: the list of what a partner holds of a restored node's records, from both ends of it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { issue } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { beginRecovery, returnCopies } from '#src/engine/recovery.ts';
import { calendarDateOf } from '#src/protocol/calendar.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;

beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
  const agreement = await peer.agreement(day(300));
  await send({ type: 'record', sdJwt: serialiseRecord(agreement) });
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
});
afterAll(() => node.close());

const send = async (...messages: readonly Json[]) =>
  expect(isRefusal(await node.engine.receive(await peer.envelope(messages)))).toBe(false);
const heard = <T extends Message['type']>(type: T) =>
  peer.received.flatMap(({ message }) => (message.type === type ? [message as Extract<Message, { type: T }>] : []));
const wanted = (after: string | null) => ({ type: 'recovery-wanted', after });
const journalled = (act: string) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('journal').select(['service', 'reason']).where('act', '=', act).execute(),
  );

describe('[EXC-4] a partner that was restored', () => {
  let theirs: VerifiedRecord[];

  it('hears what is held of its records, and gets those that it lacks', async () => {
    theirs = await Promise.all([1, 2, 3].map(() => peer.record()));
    await send(...theirs.map((record) => ({ type: 'record', sdJwt: serialiseRecord(record) })));
    await send(wanted(null));
    await expect.poll(() => heard('copies')).toHaveLength(1);
    const [page] = heard('copies');
    expect(page?.after).toBeNull();
    // And the agreement that was made first
    expect(page?.hashes).toHaveLength(4);
    expect(page?.hashes).toEqual(expect.arrayContaining(theirs.map(({ hash }) => hash)));
    const own = await node.store.unit((unit) => unit.listRevisions(node.keyring.identity.service, null, 1));
    await send({ type: 'copies-wanted', hashes: [theirs[1]?.hash as string, ...own.hashes] });
    const jwts = () => heard('returned').map(({ sdJwt }) => sdJwt.slice(0, sdJwt.indexOf('~')));
    await expect.poll(jwts).toEqual([theirs[1]?.jwt]);
    await send(wanted(page?.hashes.at(-1) ?? null));
    await expect.poll(() => heard('copies')[1]).toMatchObject({ hashes: [] });
    expect(await journalled('recovery.returned')).toHaveLength(1);
  });

  it('[ADM-2] asked a hundred times at once, hears once', async () => {
    const { length } = heard('copies');
    await send(...Array.from({ length: 100 }, () => wanted(null)));
    await send({ type: 'revision-wanted', record: theirs[0]?.hash as string });
    await expect.poll(() => heard('copies').length).toBe(length + 1);
  });

  it('[ADM-2] is given no more copies while many wait for it', async () => {
    const [one] = theirs as [VerifiedRecord];
    const { service } = peer.keyring.identity;
    const returned = { message: { type: 'returned', sdJwt: serialiseRecord(one) } } as const;
    const codes: (string | null)[] = [];
    const tried = node.store.unit(async (unit) => {
      for (let count = 0; count < 999; count++) await unit.enqueue(service, returned, 1);
      codes.push(await returnCopies(unit, service, [one.hash], 1), await returnCopies(unit, service, [one.hash], 1));
      throw new Error('nothing of this is kept');
    });
    await expect(tried).rejects.toThrow('nothing of this');
    expect(codes).toEqual([null, 'rate-exceeded']);
  });
});

describe('[EXC-4] a node that was restored', () => {
  /** Records of ours that only the partner has, from years in which the clock was wrong. */
  async function lost(createdAt: number): Promise<VerifiedRecord> {
    const by = {
      keyring: node.keyring,
      primitives: nodePrimitives,
      randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
    };
    const draft = reportBy(node.keyring.identity.service, {
      createdAt,
      reviewBy: calendarDateOf(createdAt + 30 * 86_400),
    });
    const record = await issue({ ...draft, id: newRecordId(by, createdAt * 1_000) }, by);
    if (isRefusal(record)) throw new Error(record.code);
    return record;
  }
  const isRecovering = () => node.store.unit(async (unit) => (await unit.recovery()) !== null);
  const held = ({ hash }: VerifiedRecord) => node.store.unit(async (unit) => (await unit.sdJwt(hash)) !== null);

  it('has everything back, whenever its clock says that it was written, before it is recovered', async () => {
    const records = [await lost(1_000_000_000), await lost(2_500_000_000)];
    const [first, second] = records as [VerifiedRecord, VerifiedRecord];
    const { length } = heard('recovery-wanted');
    await node.store.unit((unit) => beginRecovery(unit, Date.now()));
    node.engine.wake(peer.keyring.identity.service);
    const questions = () =>
      heard('recovery-wanted')
        .slice(length)
        .map(({ after }) => after);
    await expect.poll(questions).toEqual([null]);

    const never = `${'Z'.repeat(42)}A`;
    const page = { type: 'copies', after: null, hashes: [first.hash, second.hash, never] };
    await send(page);
    await expect.poll(() => heard('copies-wanted').at(-1)?.hashes).toEqual(page.hashes);
    await send({ type: 'returned', sdJwt: serialiseRecord(first) }, page);
    // Another page, or the end of another list, is none that was asked for
    await send({ type: 'copies', after: first.hash, hashes: [] });
    await expect.poll(() => heard('copies-wanted').at(-1)?.hashes).toEqual([second.hash, never]);
    expect(await isRecovering()).toBe(true);
    await send({ type: 'returned', sdJwt: serialiseRecord(second) }, page, page);
    await expect.poll(questions).toEqual([null, null, null, null, never]);
    expect(await Promise.all(records.map(held))).toEqual([true, true]);
    expect(await journalled('recovery.withheld')).toEqual([{ service: peer.keyring.identity.service, reason: '1' }]);
    expect(await isRecovering()).toBe(true);
    await send({ type: 'copies', after: never, hashes: [] });
    expect(await isRecovering()).toBe(false);
  });
});

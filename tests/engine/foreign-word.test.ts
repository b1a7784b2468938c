/** What a partner may say of a record that is not his: a real engine, partners made by hand that sign anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';
import { permissionBy } from './onward-parties.ts';

let node: BenchNode;
let origin: FakePeer;
let liar: FakePeer;
let held: VerifiedRecord;
const idOf = (peer: FakePeer) => peer.keyring.identity.service;
beforeAll(async () => {
  node = await benchNode();
  origin = node.peer;
  liar = await node.addPartner('liar');
  for (const from of [origin, liar]) {
    const agreement = await from.agreement(day(300));
    await send(from, [agreement, await from.assent(agreement)]);
    await node.store.unit(async (unit) => {
      const stored = await unit.agreement(agreement.id);
      if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
    });
  }
  held = await origin.record();
  await send(origin, [held]);
});
afterAll(() => node.close());

async function send(from: FakePeer, records: readonly VerifiedRecord[]): Promise<number> {
  const messages = records.map((record) => ({ type: 'record', sdJwt: serialiseRecord(record) }));
  const reply = await node.engine.receive(await from.envelope(messages));
  if (isRefusal(reply)) throw new Error(reply.code);
  return from.sequence;
}
async function refusalOf(from: FakePeer, record: VerifiedRecord): Promise<string> {
  const sequence = await send(from, [record]);
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = from.received.find(({ message }) => message.type === 'refusal' && message.sequence === sequence);
    if (found?.message.type === 'refusal') return found.message.code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing came');
}
const about = (change: Partial<RecordDraft['links'][number]> = {}) => {
  const { origin: of, id: record, revision, hash } = held;
  return { origin: of, record, revision, hash, type: 'about' as const, ...change };
};

describe('[REC-1] a word about a record that is another’s', () => {
  it('permits nothing, whoever the link calls its origin, and none is shown or counts', async () => {
    const named = { grantee: node.keyring.identity.service, onwardTo: idOf(liar) };
    for (const links of [[about()], [about({ origin: idOf(liar) })]]) {
      const permission = await permissionBy(liar, held, named, {}, { links });
      expect(await refusalOf(liar, permission)).toBe('record-id-foreign');
    }
    expect(await node.store.unit((unit) => unit.permissionsAbout(held.id))).toEqual([]);
    // Its origin's own does.
    await send(origin, [await permissionBy(origin, held, named)]);
    expect(await node.store.unit((unit) => unit.permissionsAbout(held.id))).toHaveLength(1);
  });

  it('corrects nothing', async () => {
    const body = {
      change: 'withdrawn',
      ground: 'factual-error',
      explanation: 'x',
      respondBy: day(9),
      record: held.id,
      hash: held.hash,
    };
    for (const of of [idOf(origin), idOf(liar)]) {
      const links = [about({ origin: of }), about({ origin: of, type: 'supersedes' })];
      const record = await liar.record({ kind: 'correction', portions: [], body, links });
      expect(await refusalOf(liar, record)).toBe('record-id-foreign');
    }
    const { state } = (await node.store.unit((unit) => unit.head(held.id))) ?? {};
    expect(state).toBe('active');
  });

  it('takes no other’s place, and cites nothing under another number than it has', async () => {
    expect(await refusalOf(liar, await liar.record({ links: [about({ type: 'supersedes' })] }))).toBe(
      'record-id-foreign',
    );
    const { type: _, ...cite } = about({ revision: 7 });
    expect(await refusalOf(liar, await liar.record({ cites: [cite] }))).toBe('link-target-unknown');
  });
});

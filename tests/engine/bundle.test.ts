/** Files carried by hand: what stands in them is taken once, whatever else stands in them. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportedBundle } from '#src/engine/bundle.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url, concatBytes, utf8 } from '#src/protocol/encoding.ts';
import { decodeBundle, encodeBundle } from '#src/protocol/exchange/bundle.ts';
import type { Carrier } from '#src/protocol/exchange/state.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import type { FakePeer } from './fake-peer.ts';

let node: BenchNode;
beforeAll(async () => {
  node = await benchNode();
});
afterAll(() => node.close());

const notice = (): Json => ({ type: 'read-notice', record: base64url(randomBytes(32)), readAt: 1_772_323_200_000 });
const importing = async (bytes: Uint8Array): Promise<ImportedBundle> => done(await node.engine.importBundle(bytes));
function done<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.code);
  return value;
}
const linkOf = (peer: FakePeer) => node.store.unit((unit) => unit.link(peer.keyring.identity.service));
async function envelopes(peer: FakePeer, count: number): Promise<Uint8Array[]> {
  const made: Uint8Array[] = [];
  for (let at = 0; at < count; at++) made.push(await peer.envelope([notice()]));
  return made;
}

describe('[EXC-3] a file that came in', () => {
  it('is taken batch by batch, however many, and once however often it comes', async () => {
    const peer = await node.addPartner('many');
    const file = encodeBundle(await envelopes(peer, 40));
    const first = await importing(file);
    expect(first).toMatchObject({ from: peer.keyring.identity.service, taken: 40, known: 0, refused: [] });
    const receipt = decodeBundle(first.answer ?? new Uint8Array()).envelopes;
    expect(receipt).toHaveLength(1);
    expect(await peer.receiptIn(receipt[0] as Uint8Array)).toMatchObject({ through: 40, hash: peer.lastHash });
    expect(await importing(file)).toMatchObject({ taken: 0, known: 40, refused: [] });
    expect((await linkOf(peer))?.in).toMatchObject({ epoch: 1, through: 40 });
  });

  it('is no file when it is garbage, and leaves nothing', async () => {
    for (const bytes of [new Uint8Array(0), utf8('hello'), randomBytes(500), utf8('TANSIQB1\n')]) {
      expect(await node.engine.importBundle(bytes)).toMatchObject({ code: 'bundle-malformed' });
    }
  });

  it('that was cut off is taken as far as it is whole, and goes on when it comes again', async () => {
    const peer = await node.addPartner('cut');
    const file = encodeBundle(await envelopes(peer, 3));
    expect(await importing(file.subarray(0, file.length - 1))).toMatchObject({
      taken: 2,
      refused: ['bundle-truncated'],
    });
    expect(await importing(file)).toMatchObject({ taken: 1, known: 2, refused: [] });
  });

  it('with garbage between good envelopes loses only that', async () => {
    const peer = await node.addPartner('mixed-in');
    const [one, two] = (await envelopes(peer, 2)) as [Uint8Array, Uint8Array];
    const noise = new Uint8Array(randomBytes(300));
    const broken = one.with(-1, (one.at(-1) ?? 0) ^ 1);
    const file = encodeBundle([one, noise, broken, two]);
    const report = await importing(file);
    expect(report).toMatchObject({ taken: 2, known: 0 });
    expect([...report.refused].sort()).toEqual(['envelope-malformed', 'envelope-seal-broken']);
  });

  it('is of one service: what another put into it is not taken', async () => {
    const [peer, other] = [await node.addPartner('one'), await node.addPartner('other')];
    const file = encodeBundle([...(await envelopes(peer, 1)), ...(await envelopes(other, 1))]);
    expect(await importing(file)).toMatchObject({ taken: 1, refused: ['bundle-mixed'] });
    expect(await linkOf(other)).toBeNull();
  });

  it('is refused envelope by envelope when it is for another, or from nobody that officers confirmed', async () => {
    const peer = await node.addPartner('astray');
    const elsewhere = await peer.envelope([notice()], { outer: { to: 'T'.repeat(42).concat('A') } }, false);
    expect(await importing(encodeBundle([elsewhere]))).toMatchObject({
      taken: 0,
      refused: ['envelope-not-for-us'],
      answer: null,
    });
    const unconfirmed = await node.addPartner('early', false);
    expect(await importing(encodeBundle(await envelopes(unconfirmed, 2)))).toMatchObject({
      taken: 0,
      refused: ['peer-unconfirmed'],
      answer: null,
    });
  });

  it('out of order takes what follows, and says by its receipt what is missing', async () => {
    const peer = await node.addPartner('unsorted');
    const [one, two, three] = (await envelopes(peer, 3)) as [Uint8Array, Uint8Array, Uint8Array];
    expect(await importing(encodeBundle([two, one, three]))).toMatchObject({ taken: 1, known: 2, refused: [] });
    expect(await importing(encodeBundle([two, three]))).toMatchObject({ taken: 2 });
  });

  it('and over the link takes each batch once, whichever was first', async () => {
    const peer = await node.addPartner('both-ways');
    const [one, two, three] = (await envelopes(peer, 3)) as [Uint8Array, Uint8Array, Uint8Array];
    await node.engine.receive(one);
    expect(await importing(encodeBundle([one, two]))).toMatchObject({ taken: 1, known: 1 });
    await node.engine.receive(two);
    await node.engine.receive(three);
    expect(await importing(encodeBundle([one, two, three]))).toMatchObject({ taken: 0, known: 3 });
    expect((await linkOf(peer))?.in.through).toBe(3);
  });
});

describe('[EXC-3] a file that goes out', () => {
  async function carriedTo(code: string, carrier: Carrier, messages: number): Promise<FakePeer> {
    const peer = await node.addPartner(code);
    const id = peer.keyring.identity.service;
    await node.database.asActor({ kind: 'node' }, async (tx) => {
      await tx.updateTable('service').set({ carrier }).where('id', '=', id).execute();
      const message = sql<string>`jsonb_build_object('type', 'read-notice', 'record', ${'R'.repeat(42).concat('A')}::text, 'readAt', n)`;
      await sql`insert into outbox (peer, message, queued_at)
        select ${id}, ${message}, now() from generate_series(1, ${messages}) n`.execute(tx);
    });
    return peer;
  }
  const exporting = async (peer: FakePeer) => done(await node.engine.exportBundle(peer.keyring.identity.service, null));
  /** The partner takes all of it; its answers as a file. */
  async function take(peer: FakePeer, bytes: Uint8Array): Promise<Uint8Array> {
    const answers: Uint8Array[] = [];
    for (const envelope of decodeBundle(bytes).envelopes) answers.push(await peer.take(envelope));
    return encodeBundle(answers);
  }

  it('holds all that waits, can be made again, and is confirmed by the receipt that comes back', async () => {
    const peer = await carriedTo('by-hand', 'file', 450);
    const first = await exporting(peer);
    expect(first).toMatchObject({ batches: 3, messages: 450 });
    // Nothing was sent beside it, and nothing is thought to have arrived.
    expect(peer.received).toEqual([]);
    expect(await exporting(peer)).toMatchObject({ batches: 3, messages: 450 });
    const answer = await take(peer, first.bytes);
    expect(peer.received).toHaveLength(450);
    expect(await importing(answer)).toMatchObject({ receipts: 4, taken: 0, answer: null });
    expect((await linkOf(peer))?.out).toMatchObject({ receiptedThrough: 3, unreceipted: [], asking: null });
    expect(await exporting(peer)).toMatchObject({ batches: 0, messages: 0 });
    const confirmed = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('bundle_export').select('confirmed_at').where('peer', '=', peer.keyring.identity.service).execute(),
    );
    expect(confirmed).toHaveLength(2);
    expect(confirmed.every(({ confirmed_at }) => confirmed_at !== null)).toBe(true);
  });

  it('asks, in the first file of a process, what the partner has: a restore shows by the answer', async () => {
    const peer = await carriedTo('asked', 'file', 1);
    const first = decodeBundle((await exporting(peer)).bytes).envelopes;
    expect(first).toHaveLength(2);
    expect((await linkOf(peer))?.out.asking).not.toBeNull();
    // The partner has more of us than we know: an earlier life of this node sent it.
    peer.taken = { epoch: 1, through: 9, hash: 'H'.repeat(42).concat('A') };
    const answer = await peer.take(first[0] as Uint8Array);
    expect(await importing(encodeBundle([answer]))).toMatchObject({ receipts: 1 });
    expect((await linkOf(peer))?.out).toMatchObject({ epoch: 2, base: { epoch: 1, through: 0 } });
    expect(await node.store.unit((unit) => unit.recovery())).not.toBeNull();
    await node.engine.goOnAfterRestore();
    const again = await exporting(peer);
    // the message that went, and the wish for our records
    expect(again).toMatchObject({ batches: 1, messages: 2 });
  });

  it('keeps to the window where a receipt is to come back, and goes far beyond it one way', async () => {
    const file = await carriedTo('full', 'file', 200 * 35);
    expect(await exporting(file)).toMatchObject({ batches: 32, messages: 6_400 });
    const diode = await carriedTo('diode', 'one-way', 200 * 35);
    const all = await exporting(diode);
    expect(all).toMatchObject({ batches: 35, messages: 7_000 });
    await take(diode, all.bytes);
    expect(diode.received).toHaveLength(7_000);
    // No receipt comes: it is exported, unconfirmed, and goes again with the next file.
    expect(await exporting(diode)).toMatchObject({ batches: 35, messages: 7_000 });
    expect((await linkOf(diode))?.out.receiptedThrough).toBe(0);
  });

  it('is refused for a link that stopped, and for a service that officers have not confirmed', async () => {
    const peer = await carriedTo('stopping', 'file', 1);
    const envelope = await peer.envelope([notice()]);
    await node.engine.importBundle(encodeBundle([envelope]));
    const rewritten = await peer.envelope([notice()], { header: { sequence: 1, previous: null } }, false);
    expect(await importing(encodeBundle([rewritten]))).toMatchObject({ refused: ['sequence-reused'] });
    const id = peer.keyring.identity.service;
    expect(await node.engine.exportBundle(id, null)).toMatchObject({ code: 'link-stopped' });
    const evidence = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('link_evidence').select(['code', 'known', 'signed']).where('peer', '=', id).execute(),
    );
    expect(evidence).toHaveLength(1);
    const [claims, known] = [evidence[0]?.signed, evidence[0]?.known].map(
      (jws) => JSON.parse(Buffer.from(jws?.split('.')[1] ?? '', 'base64url').toString()) as { sequence: number },
    );
    expect([claims?.sequence, known?.sequence]).toEqual([1, 1]);
    expect(canonicalJson(claims as never)).not.toBe(canonicalJson(known as never));
    expect(await node.engine.resumeLink(id)).toEqual({ status: 'open' });
    const unconfirmed = await node.addPartner('nobody', false);
    expect(await node.engine.exportBundle(unconfirmed.keyring.identity.service, null)).toMatchObject({
      code: 'peer-unconfirmed',
    });
  });
});

it('[EXC-3] bytes that a courier put in front make it no file', async () => {
  const peer = await node.addPartner('in-front');
  const file = concatBytes(utf8('\uFEFF'), encodeBundle(await envelopes(peer, 1)));
  expect(await node.engine.importBundle(file)).toMatchObject({ code: 'bundle-malformed' });
});

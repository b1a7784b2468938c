/** ADM-2: what a partner's messages cost grows with their number and no faster. Counted in words said to the store. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { giveMissing } from '#src/engine/skipped-revisions.ts';
import { encodeBundle } from '#src/protocol/exchange/bundle.ts';
import { letterInfo, letterOf, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import { type LetterMessage, messageTypes } from '#src/protocol/exchange/message.ts';
import type { ServiceKeys } from '#src/protocol/identity/statement.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';
import { signerOf, stated, whole } from './key-statements.ts';
import { cardMessage } from './onward-parties.ts';

let node: BenchNode;
let peer: FakePeer;
let third: FakePeer;
let words = 0;

beforeAll(async () => {
  node = await benchNode(() => {
    words += 1;
    return null;
  });
  peer = node.peer;
  third = await node.addPartner('third');
  const agreement = await peer.agreement(day(300));
  await node.engine.receive(await peer.envelope([recordMessage(agreement)]));
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
  await node.engine.receive(await peer.envelope([recordMessage(await peer.record())]));
});
afterAll(() => node.close());

const idOf = ({ keyring }: FakePeer) => keyring.identity.service;
const recordMessage = (record: Parameters<typeof serialiseRecord>[0]): Json => ({
  type: 'record',
  sdJwt: serialiseRecord(record),
});
const anyHash = () => randomBytes(32).toString('base64url');
const times = (count: number, make: () => Json | Promise<Json>) => Promise.all(Array.from({ length: count }, make));

/** Words said to the store while these are taken. */
async function costOf(messages: readonly Json[]): Promise<number> {
  const envelope = await peer.envelope(messages);
  const before = words;
  const reply = await node.engine.receive(envelope);
  if (isRefusal(reply)) throw new Error(reply.code);
  return words - before;
}

async function letterOfMany(count: number): Promise<Json> {
  const { service, sealingKey } = node.keyring.identity;
  const wrong = Array.from({ length: count }, () => ({ type: 'card', card: anyHash() }) as LetterMessage);
  const plaintext = letterPlaintext(idOf(peer), wrong);
  const sealed = await hpkeSealer.seal(
    sealingKey.publicKey,
    plaintext,
    letterInfo({ to: service, key: sealingKey.id }),
  );
  const letter = letterOf(service, sealingKey.id, sealed);
  if (isRefusal(letter)) throw new Error(letter.code);
  return letter;
}

/** Lines of an act in the journal, by reason. */
async function linesOf(act: string): Promise<Map<string, number>> {
  const lines = await node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('journal').select('reason').where('act', '=', act).execute(),
  );
  const counts = new Map<string, number>();
  for (const { reason } of lines) counts.set(reason ?? '', (counts.get(reason ?? '') ?? 0) + 1);
  return counts;
}

/** One of each type, as costly as a partner can make it: what is valid, and what is refused at the last step. */
const costly: { readonly [type in (typeof messageTypes)[number]]: () => Json | Promise<Json> } = {
  record: async () => recordMessage(await peer.record()),
  refusal: () => ({ type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'record-malformed' }),
  'read-notice': () => ({ type: 'read-notice', record: anyHash(), readAt: Date.now() }),
  revision: async () => ({ type: 'revision', jwt: (await peer.record()).jwt }),
  'revision-wanted': () => ({ type: 'revision-wanted', record: anyHash() }),
  card: () => cardMessage(third),
  letter: () => letterOfMany(10),
  holding: async () => ({ type: 'holding', statement: (await peer.record()).jwt }),
  keys: async () => ({ type: 'keys', statement: (await peer.record()).jwt }),
  'recovery-wanted': () => ({ type: 'recovery-wanted', after: null }),
  copies: () => ({ type: 'copies', after: null, hashes: [anyHash()] }),
  'copies-wanted': () => ({ type: 'copies-wanted', hashes: [anyHash()] }),
  returned: async () => ({ type: 'returned', sdJwt: serialiseRecord(await peer.record()) }),
};

describe('[ADM-2] what messages cost', () => {
  it.each(messageTypes)('%s: twice as many cost twice as much at most', async (type) => {
    const some = await times(40, costly[type]);
    const twice = await times(80, costly[type]);
    // What one batch costs, however little is in it, is no part of it
    const empty = await costOf([{ type: 'recovery-wanted', after: null }]);
    const one = (await costOf(some)) - empty;
    expect((await costOf(twice)) - empty).toBeLessThanOrEqual(Math.max(2 * one, 80) + 20);
    // A letter holds ten here
    expect(one / some.length).toBeLessThan(type === 'letter' ? 120 : 30);
  });

  it('the journal has few lines of many that are refused alike, and says that it names no more', async () => {
    for (let letters = 0; letters < 3; letters++) await costOf([await letterOfMany(200)]);
    await costOf(await times(200, () => ({ type: 'holding', statement: 'no statement' })));
    const refused = await linesOf('message.refused');
    const noMore = await linesOf('message.more-refused');
    expect(refused.size).toBeGreaterThan(3);
    // Ten minutes may end while this runs
    for (const lines of refused.values()) expect(lines).toBeLessThanOrEqual(20 * 2);
    expect([...noMore.values()].every((lines) => lines <= 2)).toBe(true);
    expect(noMore.size).toBeGreaterThan(1);
  });

  it('[KEY-1] statements of keys without end are kept up to version 64, and each costs as much as another', async () => {
    const service = await node.addPartner('restless');
    const text = await node.store.unit((unit) => unit.card(idOf(service)));
    let before: ServiceKeys = whole(readServiceCard(text ?? '', nodePrimitives)).firstKeys;
    const statements: Json[] = [];
    for (let version = 2; version <= 64; version++) {
      const next = await stated(before, {}, signerOf(service.keyring));
      statements.push({ type: 'keys', statement: next.jws });
      before = next;
    }
    const empty = await costOf([{ type: 'recovery-wanted', after: null }]);
    const half = (await costOf(statements.slice(0, 30))) - empty;
    const rest = (await costOf(statements.slice(30))) - empty;
    expect(rest).toBeLessThanOrEqual(half * (33 / 30) + 20);
    const kept = await node.store.unit((unit) => unit.keyStatements(idOf(service)));
    expect(kept.at(-1)?.version).toBe(64);
    await expect(stated(before, {}, signerOf(service.keyring))).rejects.toThrow('keys-too-many');
  });

  it('[EXC-3] a file of envelopes that are none costs the store nothing, and one of refused ones no more than a hundred', async () => {
    const before = words;
    const none = await node.engine.importBundle(encodeBundle(Array.from({ length: 1_500 }, () => new Uint8Array([7]))));
    expect(none).toMatchObject({ code: 'bundle-malformed' });
    expect(words).toBe(before);
    const wrong = await peer.envelope([], { outer: { to: idOf(third) } }, false);
    const refused = await node.engine.importBundle(encodeBundle(Array.from({ length: 300 }, () => wrong)));
    expect(refused).toMatchObject({ taken: 0, refused: ['envelope-not-for-us'] });
    const atDoor = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('inbound_refusal').select('id').where('code', '=', 'envelope-not-for-us').execute(),
    );
    expect(atDoor).toHaveLength(100);
  });

  it('[REC-4] a missing revision is given while fewer than 400 wait: a few bytes ask for many', async () => {
    const ask = (waiting: number) =>
      node.store.unit(async (unit) => {
        const at = Date.now();
        const { jwt, hash } = await peer.record();
        for (let count = 0; count < waiting; count++) {
          await unit.enqueue(idOf(peer), { message: { type: 'revision', jwt } }, at);
        }
        const { keyring } = node;
        const here = { self: keyring.identity.service, at, keyring, sealer: hpkeSealer, primitives: nodePrimitives };
        const place = { peer: idOf(peer), epoch: 1, sequence: 1, index: 0 };
        const code = await giveMissing(unit, hash, place, { ...here, randomBytes });
        await unit.dropWaiting(idOf(peer), 'revision');
        return code;
      });
    expect([await ask(399), await ask(400)]).toEqual([null, 'rate-exceeded']);
  });

  it('a partner that brings more than its quota waits, and nobody else does; by hand everything is taken', async () => {
    const limits = { messagesMax: 5, messagesPerSecond: 0, bytesMax: 1e6, bytesPerSecond: 0 };
    const small = await benchNode(undefined, { quota: limits });
    const other = await small.addPartner('other');
    const notices = (count: number) => times(count, costly['read-notice']);
    const take = async (envelope: Uint8Array) => {
      const reply = await small.engine.receive(envelope);
      return isRefusal(reply) ? reply.code : 'receipt';
    };
    const first = await small.peer.envelope(await notices(8));
    expect(await take(first)).toBe('receipt');
    const next = await small.peer.envelope(await notices(1));
    expect(await take(next)).toBe('rate-exceeded');
    // Whoever recorded it cannot use up what its sender may bring, and it is answered as ever
    expect(await take(first)).toBe('receipt');
    expect(await take(await other.envelope(await notices(3)))).toBe('receipt');
    expect(await small.engine.importBundle(encodeBundle([next]))).toMatchObject({ taken: 1, refused: [] });
    await small.close();
  });
});

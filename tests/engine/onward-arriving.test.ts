/** What a relay may bring a node of an origin that the node does not know, and what it may not, however it lies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { letterInfo, letterOf, letterPlaintext, readLetter, sealedPartOf } from '#src/protocol/exchange/letter.ts';
import type { Letter, LetterMessage } from '#src/protocol/exchange/message.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { verifyHolding } from '#src/protocol/release/holding.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';
import { cardMessage, copyMessage, digestsOf, permissionBy, revocationOf, stranger } from './onward-parties.ts';

let node: BenchNode;
let relay: FakePeer;
let origin: FakePeer;
let home: string;
let self: string;
const idOf = (peer: FakePeer) => peer.keyring.identity.service;

beforeAll(async () => {
  node = await benchNode();
  relay = node.peer;
  home = await mkdtemp(join(tmpdir(), 'tansiq-onward-'));
  origin = await stranger(join(home, 'origin'), node.keyring.identity);
  self = node.keyring.identity.service;
  const agreement = await relay.agreement(day(300));
  for (const record of [agreement, await relay.assent(agreement)]) {
    await send([{ type: 'record', sdJwt: serialiseRecord(record) }]);
  }
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
  });
}, 60_000);
afterAll(async () => {
  await node.close();
  await rm(home, { recursive: true, force: true });
});

async function send(messages: readonly Json[], from = relay): Promise<number> {
  const reply = await node.engine.receive(await from.envelope(messages));
  if (isRefusal(reply)) throw new Error(reply.code);
  return from.sequence;
}
/** The codes that came back for one batch, by the index of its message; `count` is how many to wait for. */
async function refusals(sequence: number, count: number, at = relay): Promise<{ [index: number]: string }> {
  const found = () =>
    at.received.flatMap(({ message }) =>
      message.type === 'refusal' && message.sequence === sequence ? [message] : [],
    );
  for (let attempt = 0; attempt < 300 && found().length < count; attempt++) await pause();
  return Object.fromEntries(found().map(({ index, code }) => [index, code]));
}
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
const isHeld = (record: VerifiedRecord) => node.store.unit(async (unit) => (await unit.sdJwt(record.hash)) !== null);
const named = () => ({ grantee: idOf(relay), onwardTo: self });

async function letterTo(to: FakePeer | 'node', messages: readonly LetterMessage[]): Promise<Letter> {
  const { service, sealingKey } = to === 'node' ? node.keyring.identity : to.keyring.identity;
  const address = { to: service, key: sealingKey.id };
  const plaintext = letterPlaintext(idOf(origin), messages);
  const sealed = await hpkeSealer.seal(sealingKey.publicKey, plaintext, letterInfo(address));
  const letter = letterOf(service, sealingKey.id, sealed);
  if (isRefusal(letter)) throw new Error(letter.code);
  return letter;
}

describe('[REL-3] what a relay brings', () => {
  it('is refused of an origin that nobody has heard of; its card makes it vouched for, and no more', async () => {
    const record = await origin.record();
    expect(await refusals(await send([copyMessage(record)]), 1)).toEqual({ 0: 'record-key-unknown' });
    const again = await send([await cardMessage(origin), copyMessage(record)]);
    expect(await refusals(again, 1)).toEqual({ 1: 'onward-not-permitted' });
    const known = await node.store.unit((unit) => unit.knownService(idOf(origin)));
    expect(known).toMatchObject({ confirmed: false, vouchedBy: idOf(relay) });
    // [KEY-2] It has no link of its own.
    const reply = await node.engine.receive(await origin.envelope([copyMessage(record)]));
    expect(reply).toMatchObject({ code: 'peer-unknown' });
  });

  it('comes in by permission, and the origin gets our own word for it, sealed through the relay', async () => {
    const record = await origin.record();
    const permission = await permissionBy(origin, record, named());
    await send([copyMessage(permission), copyMessage(record)]);
    expect(await isHeld(record)).toBe(true);
    const letter = await until(() =>
      relay.received.map(({ message }) => message).find(({ type }) => type === 'letter'),
    );
    if (letter.type !== 'letter') throw new Error('no letter');
    expect(letter.to).toBe(idOf(origin));
    const plaintext = await origin.keyring.open({ key: letter.key, ...sealedPartOf(letter), info: letterInfo(letter) });
    const opened = isRefusal(plaintext) ? plaintext : readLetter(plaintext);
    const [told] = isRefusal(opened) ? [] : opened.messages;
    if (typeof told !== 'object' || told.type !== 'holding') throw new Error('no statement');
    const { signingKey } = node.keyring.identity;
    const claims = verifyHolding(told.statement, () => signingKey.publicKey, nodePrimitives);
    const expected = { act: 'received', holder: self, relay: idOf(relay), origin: idOf(origin), hash: record.hash };
    expect(claims).toMatchObject({ ...expected, digests: digestsOf(record).toSorted() });
    // The same again has its effect once: nothing more is said.
    const letters = () => relay.received.filter(({ message }) => message.type === 'letter').length;
    const before = letters();
    await send([copyMessage(permission), copyMessage(record)]);
    await send([{ type: 'gossip' }]).then((sequence) => refusals(sequence, 1));
    expect(letters()).toBe(before);
  });

  it('is refused with a permission for another relay, recipient or revision', async () => {
    const record = await origin.record();
    const other = await origin.record();
    const elsewhere = idOf(await node.addPartner('elsewhere'));
    const permissions = [
      await permissionBy(origin, record, { grantee: elsewhere, onwardTo: self }),
      await permissionBy(origin, record, { grantee: idOf(relay), onwardTo: elsewhere }),
      await permissionBy(origin, other, named()),
    ];
    const sequence = await send([...permissions.map((each) => copyMessage(each)), copyMessage(record)]);
    // The second names neither us nor what we hold: it is no business of ours either.
    expect(await refusals(sequence, 2)).toEqual({ 1: 'onward-not-permitted', 3: 'onward-not-permitted' });
    expect(await isHeld(record)).toBe(false);
    await send([copyMessage(other)]);
    expect(await isHeld(other)).toBe(true);
  });

  it('[PRM-1] is refused with a permission that its origin did not sign', async () => {
    const record = await origin.record();
    const honest = await permissionBy(origin, record, named());
    // The relay signs in the origin's name, or permits in its own what is another's.
    const [, payload = ''] = honest.jwt.split('.');
    const header = Buffer.from(
      `{"alg":"Ed25519","kid":"${relay.keyring.identity.signingKey.id}","typ":"tansiq-record+sd-jwt"}`,
    ).toString('base64url');
    const signature = await relay.keyring.sign(Buffer.from(`${header}.${payload}`));
    const jwt = `${header}.${payload}.${Buffer.from(signature).toString('base64url')}`;
    const forged = { type: 'record', sdJwt: serialiseRecord({ ...honest, jwt }) };
    const own = await permissionBy(relay, record, named());
    const sequence = await send([forged, copyMessage(own), copyMessage(record)]);
    expect(await refusals(sequence, 3)).toEqual({
      0: 'record-key-unknown',
      1: 'record-id-foreign',
      2: 'onward-not-permitted',
    });
    expect(await isHeld(record)).toBe(false);
  });

  it('[PRM-1] is refused wider than permitted, after the end, and after the revocation, which no replay undoes', async () => {
    const nature = 'fact' as const;
    const { marking } = await origin.record();
    const portions = ['a', 'b'].map((text) => ({ text, nature, marking }));
    const [wide, late, fallen] = await Promise.all([1, 2, 3].map(() => origin.record({ portions })));
    if (!wide || !late || !fallen) throw new Error('no records');
    const digests = digestsOf(wide, ['portions/1']).toSorted();
    const narrow = await permissionBy(origin, wide, named(), { digests });
    const ended = await permissionBy(origin, late, named(), { validUntil: day(-1) });
    const granted = await permissionBy(origin, fallen, named());
    const revoked = await revocationOf(origin, granted, fallen);
    const permissions = [narrow, ended, granted, revoked, granted].map((each) => copyMessage(each));
    const sequence = await send([...permissions, copyMessage(wide), copyMessage(late), copyMessage(fallen)]);
    expect(await refusals(sequence, 3)).toEqual({
      5: 'permission-digests-exceeded',
      6: 'permission-expired',
      7: 'permission-revoked',
    });
    await send([copyMessage(wide, ['portions/1'])]);
    const copy = await node.store.unit((unit) => unit.sdJwt(wide.hash));
    expect(copy?.split('~')).toHaveLength(digests.length + 2);
  });

  it('[KEY-2] changes nobody who is known, and brings nobody whom nothing can be sealed to', async () => {
    const partner = await node.addPartner('known');
    const before = await node.store.unit((unit) => unit.knownService(idOf(partner)));
    await send([await cardMessage(partner)]);
    expect(await node.store.unit((unit) => unit.knownService(idOf(partner)))).toEqual(before);
    const deaf = await stranger(join(home, 'deaf'), node.keyring.identity);
    const publicKey = new Uint8Array(1_216);
    const sealingKey = { id: keyIdOf(publicKey, nodePrimitives), publicKey };
    const sequence = await send([await cardMessage(deaf, { sealingKey }), copyMessage(await relay.record())]);
    expect(await refusals(sequence, 1)).toEqual({ 0: 'record-body-invalid' });
    expect(await node.store.unit((unit) => unit.knownService(idOf(deaf)))).toBeNull();
  });
});

describe('[EXC-5] a letter', () => {
  it('is carried for nobody between whom and its addressee we hold nothing', async () => {
    const friend = await node.addPartner('friend');
    const letter = await letterTo(friend, [{ type: 'holding', statement: 'x' }]);
    expect(await refusals(await send([letter]), 1)).toEqual({ 0: 'letter-not-ours' });
    const unknown = { ...letter, to: 'A'.repeat(43) };
    expect(await refusals(await send([unknown]), 1)).toEqual({ 0: 'letter-not-ours' });
  });

  it('is carried once between those who hold through us, however often it comes', async () => {
    const friend = await node.addPartner('holder');
    const record = await relay.record();
    await send([copyMessage(record)]);
    const held = { record: record.id, hash: record.hash, holder: idOf(friend), via: null, digests: [] };
    await node.store.unit((unit) => unit.putHolder(held, 'granted', Date.now()));
    const letter = await letterTo(friend, [{ type: 'holding', statement: 'x' }]);
    await send([letter, letter]);
    await send([letter]);
    node.engine.wake(idOf(friend));
    await until(() => friend.received.find(({ message }) => message.type === 'letter'));
    // And back up, from the one who holds to the origin.
    const answer = await letterTo(relay, [{ type: 'holding', statement: 'y' }]);
    await send([answer], friend);
    await until(() => relay.received.find(({ message }) => message.type === 'letter' && message.to === idOf(relay)));
    expect(friend.received.filter(({ message }) => message.type === 'letter')).toEqual([
      expect.objectContaining({ message: letter }),
    ]);
  });

  it('to ourselves is opened, each message in it is taken or refused alone, and nothing of it goes back', async () => {
    const record = await origin.record();
    const permission = await permissionBy(origin, record, named());
    const inner = await letterTo('node', [{ type: 'card', card: 'x' }]);
    const unpermitted = copyMessage(await origin.record()) as LetterMessage;
    const sequence = await send([
      await letterTo('node', [
        copyMessage(permission) as LetterMessage,
        { type: 'holding', statement: 'x' },
        inner,
        unpermitted,
        copyMessage(record) as LetterMessage,
      ]),
      { type: 'gossip' },
    ]);
    expect(await refusals(sequence, 1)).toEqual({ 1: 'message-type-unknown' });
    expect(await isHeld(permission)).toBe(true);
    // The relay gives a record for the first time on its own link, however well it is permitted.
    expect(await isHeld(record)).toBe(false);
    await send([copyMessage(record)]);
    expect(await isHeld(record)).toBe(true);
    const codes = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('journal').select('reason').where('act', 'in', ['message.refused', 'record.refused']).execute(),
    );
    const reasons = codes.map(({ reason }) => reason);
    for (const code of ['holding-invalid', 'letter-nested-too-deep', 'onward-not-permitted'])
      expect(reasons).toContain(code);
  });

  it('[KEY-2] vouches for nobody: a new service’s card is taken on the relay’s own link alone', async () => {
    const invented = await stranger(join(home, 'invented'), node.keyring.identity);
    const known = () => node.store.unit((unit) => unit.knownService(idOf(invented)));
    const card = await cardMessage(invented);
    await send([await letterTo('node', [card as unknown as LetterMessage])]);
    expect(await known()).toBeNull();
    await send([card]);
    expect(await known()).not.toBeNull();
  });

  it('that nobody can open, or that holds no letter, is refused, and the batch around it is taken', async () => {
    const letter = await letterTo('node', [{ type: 'card', card: 'x' }]);
    const { service, sealingKey } = node.keyring.identity;
    const empty = await hpkeSealer.seal(
      sealingKey.publicKey,
      new Uint8Array(64),
      letterInfo({ to: service, key: sealingKey.id }),
    );
    const broken = { ...letter, ciphertext: `${letter.ciphertext.slice(0, -4)}AAAA` };
    const sequence = await send([
      broken,
      { ...letter, key: 'A'.repeat(43) },
      letterOf(service, sealingKey.id, empty) as Letter,
      // Another addressee than it was sealed for.
      { ...letter, to: idOf(relay) },
    ]);
    expect(await refusals(sequence, 4)).toEqual({
      0: 'envelope-seal-broken',
      1: 'envelope-key-unknown',
      2: 'letter-malformed',
      3: 'letter-not-ours',
    });
  });
});

async function until<T>(ask: () => T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await pause();
  }
  throw new Error('it did not come about');
}

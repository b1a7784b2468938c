/** KEY-1 on a real engine and database: a partner that changes its keys, loses them, or whose keys are stolen. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { memoryKeyring } from '#src/adapters/memory/keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import { ownStatements, stateKeys, takeIntoUse } from '#src/engine/own-keys.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { sealedKeys } from '#src/engine/tell-keys.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { KeyChange } from '#src/protocol/identity/prepare-statement.ts';
import type { KeyStatement, ServiceKeys } from '#src/protocol/identity/statement.ts';
import { newest } from '#src/protocol/identity/take-statement.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';
import { type Signer, signerOf, stated, whole } from './key-statements.ts';

let node: BenchNode;
let peer: FakePeer;
let card: ServiceKeys;
let partners = 0;
beforeAll(async () => {
  node = await benchNode();
}, 120_000);
afterAll(() => node.close());
beforeEach(async () => {
  peer = await node.addPartner(`partner-${++partners}`);
  const id = peer.keyring.identity.service;
  const read = readServiceCard((await node.store.unit((unit) => unit.card(id))) ?? '', nodePrimitives);
  if (isRefusal(read)) throw new Error(read.code);
  card = read.firstKeys;
  const agreement = await peer.agreement(day(300));
  await send(await recordMessage(agreement));
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
});

const recordMessage = async (record: Awaited<ReturnType<FakePeer['record']>>) => [
  { type: 'record' as const, sdJwt: serialiseRecord(record) },
];
async function send(messages: Parameters<FakePeer['envelope']>[0], signWith?: Keyring): Promise<string> {
  const reply = await node.engine.receive(await peer.envelope(messages, signWith && { signWith }));
  return isRefusal(reply) ? reply.code : 'receipt';
}
/** As the partner's own node tells it: in an envelope of keys. */
async function tell(statement: KeyStatement): Promise<string> {
  const { service, sealingKey } = node.keyring.identity;
  const known = { ...(await node.store.unit((unit) => unit.knownService(peer.keyring.identity.service))), id: service };
  const to = { ...known, sealingKey } as Parameters<typeof sealedKeys>[2];
  const deps = { keyring: peer.keyring, primitives: nodePrimitives, sealer: hpkeSealer };
  const reply = await node.engine.receive(whole(await sealedKeys(statement, peer.link, to, deps)));
  return isRefusal(reply) ? reply.code : 'receipt';
}
const keptKeys = () => node.store.unit((unit) => unit.serviceKeys(peer.keyring.identity.service));
const linkOf = () => node.store.unit((unit) => unit.link(peer.keyring.identity.service));
const acts = async () => {
  const rows = await node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('journal').select(['act', 'reason']).orderBy('seq').execute(),
  );
  return rows.map(({ act }) => act);
};
async function refusalFor(sequence: number): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt++) {
    for (const { message } of peer.received) {
      if (message.type === 'refusal' && message.sequence === sequence) return message.code;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return 'no refusal came';
}
const isKept = (hash: string) => node.store.unit(async (unit) => (await unit.sdJwt(hash)) !== null);
async function use(statement: KeyStatement) {
  const [signing] = statement.signing;
  await peer.keyring.use({ signing: signing?.id ?? '', sealing: statement.sealing.id, statements: [] });
}

describe('[KEY-1] a partner that changes its keys', () => {
  it('is believed under the new ones as soon as it has said so, and its old records still verify', async () => {
    const taken = (await acts()).filter((act) => act === 'keys.taken').length;
    const early = await peer.record();
    const fresh = await peer.keyring.make('signing');
    const statement = await stated(card, { signing: fresh }, signerOf(peer.keyring));
    await use(statement);
    expect(await send(await recordMessage(await peer.record()))).toBe('peer-unknown');
    peer.sequence--;
    peer.lastHash = await lastTaken();
    expect(await tell(statement)).toBe('receipt');
    expect(await tell(statement)).toBe('receipt');
    expect(Object.keys((await keptKeys())?.signing ?? {})).toHaveLength(2);

    const late = await peer.record();
    expect(early.keyId).not.toBe(late.keyId);
    expect(await send([...(await recordMessage(early)), ...(await recordMessage(late))])).toBe('receipt');
    expect([await isKept(early.hash), await isKept(late.hash)]).toEqual([true, true]);
    expect((await acts()).filter((act) => act === 'keys.taken')).toHaveLength(taken + 1);
  });

  it('may say so in a batch too, but not out of order, and nobody may say it of another', async () => {
    const second = await stated(card, { sealing: await peer.keyring.make('sealing') }, signerOf(peer.keyring));
    const third = await stated(second, { sealing: await peer.keyring.make('sealing') }, signerOf(peer.keyring));
    expect(await tell(third)).toBe('keys-gap');
    const broken = { ...second, jws: `${second.jws.slice(0, -8)}AAAAAAAA` };
    expect(await tell(broken)).toBe('peer-unknown');
    expect(await send([{ type: 'keys', statement: third.jws }])).toBe('receipt');
    expect(await refusalFor(peer.sequence)).toBe('keys-gap');
    expect(await send([second, third].map(({ jws }) => ({ type: 'keys', statement: jws })))).toBe('receipt');
    expect((await keptKeys())?.version).toBe(3);

    const third2 = await node.addPartner('third');
    const reply = await node.engine.receive(
      whole(
        await sealedKeys(
          second,
          third2.link,
          { id: node.keyring.identity.service, sealingKey: node.keyring.identity.sealingKey } as never,
          { keyring: third2.keyring, primitives: nodePrimitives, sealer: hpkeSealer },
        ),
      ),
    );
    expect(reply).toMatchObject({ code: 'peer-unknown' });
  });
});

async function lastTaken(): Promise<string | null> {
  return (await linkOf())?.in.lastHash ?? null;
}

describe('[KEY-1] a stolen signing key', () => {
  /** The partner names a recovery key; then a thief has what its keyring has. */
  async function prepared() {
    const offline = recoveryKeys.from(recoveryKeys.make().secret);
    if (!offline) throw new Error('no recovery key');
    const { id, publicKey } = offline;
    const named = await stated(card, { recovery: { id, publicKey } }, signerOf(peer.keyring));
    expect(await tell(named)).toBe('receipt');
    const thief = { id: peer.keyring.identity.signingKey.id, sign: signerOf(peer.keyring).sign };
    const lost = peer.keyring.identity.signingKey.id;
    const change = {
      signing: await peer.keyring.make('signing'),
      sealing: await peer.keyring.make('sealing'),
      revoke: [lost],
    };
    return { named, thief, lost, recovered: await stated(named, change, offline) };
  }

  it('is revoked by the recovery key: what it signs from then on is refused, what came before stays', async () => {
    const { lost, recovered } = await prepared();
    const before = await peer.record();
    expect(await send(await recordMessage(before))).toBe('receipt');
    const stolen = await peer.record();
    const stolenBatch = await peer.envelope(await recordMessage(await peer.record()), {}, false);
    expect(await tell(recovered)).toBe('receipt');

    const reply = await node.engine.receive(stolenBatch);
    expect(reply).toMatchObject({ code: 'peer-unknown' });
    await use(recovered);
    // A record of the thief's, brought by the partner itself, or by anyone.
    expect(await send(await recordMessage(stolen))).toBe('receipt');
    expect(await refusalFor(peer.sequence)).toBe('record-key-revoked');
    expect([await isKept(before.hash), await isKept(stolen.hash)]).toEqual([true, false]);
    expect(before.keyId).toBe(lost);
    const after = await peer.record();
    expect(await send(await recordMessage(after))).toBe('receipt');
    expect(await isKept(after.hash)).toBe(true);
  });

  it('[REC-4] leaves believed what the next revision, signed with the new key, names as the one before', async () => {
    const { recovered } = await prepared();
    const first = await peer.record();
    const other = await peer.record();
    expect(await tell(recovered)).toBe('receipt');
    await use(recovered);
    const next = await peer.record({ ...draftOf(first), revision: 2, previous: first.hash });
    expect(await send(await recordMessage(next))).toBe('receipt');
    expect(await isKept(next.hash)).toBe(false);
    expect(await send([...(await recordMessage(other)), ...(await recordMessage(first))])).toBe('receipt');
    expect(await refusalFor(peer.sequence)).toBe('record-key-revoked');
    expect([await isKept(first.hash), await isKept(next.hash), await isKept(other.hash)]).toEqual([true, true, false]);
  });

  it('that speaks first is overruled, the link stops for people to speak, and the queues stay', async () => {
    const { named, thief, recovered } = await prepared();
    await node.store.unit((unit) =>
      unit.enqueue(
        peer.keyring.identity.service,
        { message: { type: 'read-notice', record: named.hash, readAt: 1 } },
        1,
      ),
    );
    const forged = await stated(named, { signing: await memoryKeyring().make('signing') }, thief);
    expect(await tell(forged)).toBe('receipt');
    expect(await tell(recovered)).toBe('keys-contradict');
    expect(await linkOf()).toMatchObject({ status: 'stopped', stoppedBy: 'keys-contradict' });
    const kept = await node.store.unit((unit) => unit.keyStatements(peer.keyring.identity.service));
    expect(kept.map(({ hash, inForce }) => [hash, inForce])).toEqual([
      [named.hash, true],
      [recovered.hash, true],
      [forged.hash, false],
    ]);
    expect(Object.keys((await keptKeys())?.revoked ?? {})).toEqual(recovered.revoked);
    await use(recovered);
    expect(await send(await recordMessage(await peer.record()))).toBe('link-stopped');
    expect((await acts()).slice(-2)).toEqual(['keys.contradicted', 'link.stopped']);
  });

  it('stops the link also by a message in a batch, and floods nothing', async () => {
    const { named, thief } = await prepared();
    const honest = await stated(named, { sealing: await peer.keyring.make('sealing') }, signerOf(peer.keyring));
    expect(await tell(honest)).toBe('receipt');
    const lies: KeyStatement[] = [];
    for (let n = 0; n < 20; n++)
      lies.push(await stated(named, { signing: await memoryKeyring().make('signing') }, thief));
    const messages = lies.map(({ jws }) => ({ type: 'keys', statement: jws }));
    // The batch is taken and confirmed; nothing after it is.
    expect(await send(messages)).toBe('receipt');
    expect(await send(messages)).toBe('link-stopped');
    expect(await linkOf()).toMatchObject({ status: 'stopped', stoppedBy: 'keys-contradict' });
    const kept = await node.store.unit((unit) => unit.keyStatements(peer.keyring.identity.service));
    expect(kept.filter(({ inForce }) => !inForce)).toHaveLength(16);
    expect((await keptKeys())?.version).toBe(3);
  });
});

describe('[KEY-1] our own keys', () => {
  const deps = () => ({ keyring: node.keyring, primitives: nodePrimitives });
  const rotate = (change: KeyChange, signer: Signer) =>
    node.store.unit(async (unit) => {
      const statement = await stateKeys(unit, change, signer, Date.now(), deps());
      if (isRefusal(statement)) throw new Error(statement.code);
      return ownStatements(unit, deps());
    });

  it('signed by whoever has our key are never adopted as ours', async () => {
    const kept = await node.store.unit((unit) => ownStatements(unit, deps()));
    const forged = await stated(
      newest(kept),
      { signing: await memoryKeyring().make('signing') },
      signerOf(node.keyring),
    );
    expect(await send([{ type: 'keys', statement: forged.jws }])).toBe('receipt');
    expect(await refusalFor(peer.sequence)).toBe('keys-contradict');
    expect((await node.store.unit((unit) => ownStatements(unit, deps()))).chain).toHaveLength(1);
    expect(await acts()).toContain('keys.not-ours');
  });

  it('are told to the partner before anything else, until it has answered', async () => {
    const kept = await rotate({ signing: await node.keyring.make('signing') }, signerOf(node.keyring));
    await takeIntoUse(kept, node.keyring);
    node.engine.wake(peer.keyring.identity.service);
    for (let attempt = 0; attempt < 600 && peer.told.length === 0; attempt++)
      await new Promise((r) => setTimeout(r, 10));
    expect(peer.told).toEqual(kept.chain.slice(1).map((statement) => (statement as KeyStatement).jws));
    const told = async () =>
      (await node.store.unit((unit) => unit.keysTold())).find(
        ({ service }) => service === peer.keyring.identity.service,
      )?.version;
    for (let attempt = 0; attempt < 200 && (await told()) !== 2; attempt++) await new Promise((r) => setTimeout(r, 10));
    expect(await told()).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(peer.told).toHaveLength(1);
  });
});

function draftOf(record: Awaited<ReturnType<FakePeer['record']>>) {
  return { id: record.id };
}

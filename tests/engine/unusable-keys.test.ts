/** ADM-1, KEY-1: a sealing key is tried before it is kept, whatever road it comes by. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { memoryKeyring } from '#src/adapters/memory/keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { sealedKeys } from '#src/engine/tell-keys.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyChange } from '#src/protocol/identity/prepare-statement.ts';
import type { ServiceKeys } from '#src/protocol/identity/statement.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, FakePeer } from './fake-peer.ts';
import { signerOf, stated, whole } from './key-statements.ts';
import { cardMessage } from './onward-parties.ts';

let node: BenchNode;
let peer: FakePeer;
let card: ServiceKeys;
const idOf = ({ keyring }: FakePeer) => keyring.identity.service;
beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
  card = whole(
    readServiceCard((await node.store.unit((unit) => unit.card(idOf(peer)))) ?? '', nodePrimitives),
  ).firstKeys;
  const agreement = await peer.agreement(day(300));
  await send([{ type: 'record', sdJwt: serialiseRecord(agreement) }]);
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
});
afterAll(() => node.close());

async function send(messages: readonly Json[]): Promise<string> {
  const reply = await node.engine.receive(await peer.envelope(messages));
  return isRefusal(reply) ? reply.code : 'receipt';
}
const refusalsIn = (sequence: number) =>
  peer.received.flatMap(({ message }) =>
    message.type === 'refusal' && message.sequence === sequence ? [message.code] : [],
  );
const keptKeys = () => node.store.unit((unit) => unit.serviceKeys(idOf(peer)));
const isKnown = (service: string) => node.store.unit(async (unit) => (await unit.knownService(service)) !== null);

/** X-Wing with an X25519 half of zero: of the right length, and under its own id. */
async function unusable(): Promise<KeyChange['sealing'] & object> {
  const { publicKey } = await memoryKeyring().make('sealing');
  const zeroed = new Uint8Array([...publicKey.subarray(0, 1_184), ...new Uint8Array(32)]);
  return { id: keyIdOf(zeroed, nodePrimitives), publicKey: zeroed };
}

describe('[KEY-1] a sealing key that nothing can be sealed to', () => {
  it('is not kept from an envelope of keys, nor from a message, and the link goes on', async () => {
    const before = await keptKeys();
    const bad = await stated(card, { sealing: await unusable() }, signerOf(peer.keyring));
    const to = node.keyring.identity as unknown as Parameters<typeof sealedKeys>[2];
    const deps = { keyring: peer.keyring, primitives: nodePrimitives, sealer: hpkeSealer };
    const envelope = whole(await sealedKeys(bad, peer.link, { ...to, id: node.keyring.identity.service }, deps));
    expect(await node.engine.receive(envelope)).toMatchObject({ code: 'keys-invalid' });
    const honest = await peer.record();
    const messages = [
      { type: 'keys', statement: bad.jws },
      { type: 'record', sdJwt: serialiseRecord(honest) },
    ];
    expect(await send(messages)).toBe('receipt');
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual(['keys-invalid']);
    expect(await keptKeys()).toEqual(before);
    expect(await node.store.unit((unit) => unit.sdJwt(honest.hash))).not.toBeNull();
  });

  it('is not kept from behind a card, and the service stays unknown', async () => {
    const other = new FakePeer(memoryKeyring(), node.keyring.identity);
    const { card: text } = (await cardMessage(other)) as { card: string };
    const read = whole(readServiceCard(text, nodePrimitives));
    const bad = await stated(read.firstKeys, { sealing: await unusable() }, signerOf(other.keyring));
    expect(await send([{ type: 'card', card: `${text}:${bad.jws}` }])).toBe('receipt');
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual(['record-body-invalid']);
    expect(await isKnown(read.service)).toBe(false);
    // The same card without it is taken; and the statement alone is not, once its service is known
    await send([{ type: 'card', card: text }]);
    expect(await isKnown(read.service)).toBe(true);
    await send([{ type: 'card', card: `${text}:${bad.jws}` }]);
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual(['keys-invalid']);
  });

  it('is not kept from a card in which one statement in the middle names it', async () => {
    const other = new FakePeer(memoryKeyring(), node.keyring.identity);
    const { card: text } = (await cardMessage(other)) as { card: string };
    const read = whole(readServiceCard(text, nodePrimitives));
    const signer = signerOf(other.keyring);
    const bad = await stated(read.firstKeys, { sealing: await unusable() }, signer);
    const good = await stated(bad, { sealing: await other.keyring.make('sealing') }, signer);
    await send([{ type: 'card', card: `${text}:${bad.jws}:${good.jws}` }]);
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual(['record-body-invalid']);
    expect(await isKnown(read.service)).toBe(false);
  });
});

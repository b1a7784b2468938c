/** The next batch is formed while one is on its way: nothing is lost, doubled or sent to one that was revoked meanwhile. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import type { FakePeer } from './fake-peer.ts';

let node: BenchNode;
beforeAll(async () => {
  node = await benchNode();
});
afterAll(() => node.close());

const perBatch = exchangeLimits.messagesPerBatchMax;
const notices = Array.from({ length: 2 * perBatch + 50 }, (): Message => {
  return { type: 'read-notice', record: base64url(randomBytes(32)), readAt: 1_772_323_200_000 };
});
const linkOf = (peer: FakePeer) => node.store.unit((unit) => unit.link(peer.keyring.identity.service));
const arrived = (peer: FakePeer) => peer.received.map(({ message }) => message);

async function until(true_: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (await true_()) return;
  }
  throw new Error(`waited in vain: ${what}`);
}

/** Holds up the first batch that comes to `peer`, until it is let through or lost. */
function holdUpFirst(peer: FakePeer): { letThrough(): void; lose(): void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const take = peer.take.bind(peer);
  let heldUp = false;
  peer.take = async (bytes) => {
    const envelope = decodeEnvelope(bytes);
    if (!heldUp && !isRefusal(envelope) && envelope.header.type === 'batch') {
      heldUp = true;
      await promise;
    }
    return take(bytes);
  };
  return { letThrough: resolve, lose: () => reject(new TransportUnavailable('lost')) };
}

/** A partner to whom the first of three batches is on its way and the second formed. */
async function partnerOnTheWay(code: string) {
  const peer = await node.addPartner(code);
  const { service } = peer.keyring.identity;
  const first = holdUpFirst(peer);
  await node.store.unit(async (unit) => {
    for (const message of notices) await unit.enqueue(service, { message }, Date.now());
  });
  node.engine.wake(service);
  await until(async () => (await linkOf(peer))?.out.unreceipted.length === 2, 'the second batch is formed');
  expect(peer.received).toEqual([]);
  return { peer, service, first };
}

describe('[EXC-2] [EXC-3] a batch that was formed ahead', () => {
  it('goes after the one before it, and no more than one is ahead', async () => {
    const { peer, first } = await partnerOnTheWay('ahead');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await linkOf(peer))?.out.unreceipted).toHaveLength(2);
    first.letThrough();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    expect(new Set(peer.received.map(({ sequence }) => sequence))).toEqual(new Set([1, 2, 3]));
    await until(async () => (await linkOf(peer))?.out.unreceipted.length === 0, 'all has its receipt');
  });

  it('goes again with the one before it, when that was lost', async () => {
    const { peer, first } = await partnerOnTheWay('lost');
    first.lose();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
  });

  it('goes without waiting for a resend, also when the one before took its time', async () => {
    const { peer, first } = await partnerOnTheWay('slow');
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    first.letThrough();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    expect((await linkOf(peer))?.out.attempts).toBe(0);
  });

  it('[KEY-1] does not go to a partner that was revoked meanwhile', async () => {
    const { peer, service, first } = await partnerOnTheWay('revoked');
    await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.updateTable('service').set({ revoked_at: new Date() }).where('id', '=', service).execute(),
    );
    first.letThrough();
    await until(() => peer.received.length > 0, 'what was on its way arrives');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(arrived(peer)).toEqual(notices.slice(0, perBatch));
    expect((await linkOf(peer))?.out.next).toBe(3);
  });
});

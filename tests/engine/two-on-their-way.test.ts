/** The next batch is formed and sent while one is on its way: nothing is lost, doubled, or sent to one that was revoked. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
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

/** Batches that come to `peer` wait, each until it is let through or lost; `came` says how many have come. */
function holdUp(peer: FakePeer) {
  const held: { letThrough(): void; lose(): void }[] = [];
  const take = peer.take.bind(peer);
  let open = false;
  peer.take = async (bytes) => {
    const envelope = decodeEnvelope(bytes);
    if (!open && !isRefusal(envelope) && envelope.header.type === 'batch') {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      held.push({ letThrough: resolve, lose: () => reject(new TransportUnavailable('lost')) });
      await promise;
    }
    return take(bytes);
  };
  return {
    held,
    came: (batches: number) => until(() => held.length === batches, `${batches} batches have come`),
    openUp() {
      open = true;
      for (const { letThrough } of held) letThrough();
    },
  };
}

/** A partner for whom three batches wait, of which two are on their way. */
async function partnerWithTwo(code: string) {
  const peer = await node.addPartner(code);
  const { service } = peer.keyring.identity;
  const way = holdUp(peer);
  await node.store.unit(async (unit) => {
    for (const message of notices) await unit.enqueue(service, { message }, Date.now());
  });
  node.engine.wake(service);
  await way.came(2);
  expect(peer.received).toEqual([]);
  return { peer, service, way };
}

describe('[EXC-2] [EXC-3] two batches on their way', () => {
  it('are two at most, and the third goes once the first has its receipt', async () => {
    const { peer, way } = await partnerWithTwo('two');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(way.held).toHaveLength(2);
    expect((await linkOf(peer))?.out.unreceipted).toHaveLength(2);
    way.held[0]?.letThrough();
    await way.came(3);
    expect(arrived(peer)).toEqual(notices.slice(0, perBatch));
    way.openUp();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    await until(async () => (await linkOf(peer))?.out.unreceipted.length === 0, 'all has its receipt');
    expect((await linkOf(peer))?.out).toMatchObject({ next: 4, attempts: 0 });
  });

  it('go again both, when the first was lost', async () => {
    const { peer, way } = await partnerWithTwo('lost');
    way.held[0]?.lose();
    way.openUp();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    expect(new Set(peer.received.map(({ sequence }) => sequence))).toEqual(new Set([1, 2, 3]));
  });

  it('are taken in order when the second overtook the first', async () => {
    const { peer, way } = await partnerWithTwo('overtaken');
    way.held[1]?.letThrough();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(peer.received).toEqual([]);
    way.openUp();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
  });

  it('[KEY-1] are the last for a partner that was revoked after the receipt of the first', async () => {
    const { peer, service, way } = await partnerWithTwo('revoked');
    const unit = node.store.unit.bind(node.store);
    const receiptedThrough = async () => (await unit((seen) => seen.link(service)))?.out.receiptedThrough;
    const revokedBefore = vi.spyOn(node.store, 'unit').mockImplementation(async (work) => {
      if ((await receiptedThrough()) === 1) await revoke(service);
      return unit(work);
    });
    way.held[0]?.letThrough();
    await until(async () => (await receiptedThrough()) === 1, 'the first receipt');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    revokedBefore.mockRestore();
    expect(way.held).toHaveLength(2);
    expect((await linkOf(peer))?.out.next).toBe(3);
    way.openUp();
  });
});

const revoke = (service: ServiceId) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx.updateTable('service').set({ revoked_at: new Date() }).where('id', '=', service).execute(),
  );

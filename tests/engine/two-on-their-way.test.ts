/** The next batch is formed and sent while one is on its way: nothing is lost, doubled, or sent to one that was revoked. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
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
const notices = Array.from({ length: 3 * perBatch + 50 }, (): Message => {
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
  const sequences: number[] = [];
  const take = peer.take.bind(peer);
  let open = false;
  peer.take = async (bytes) => {
    const envelope = decodeEnvelope(bytes);
    const isBatch = !isRefusal(envelope) && envelope.header.type === 'batch';
    if (isBatch) sequences.push(envelope.header.sequence);
    if (!open && isBatch) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      held.push({ letThrough: resolve, lose: () => reject(new TransportUnavailable('lost')) });
      await promise;
    }
    return take(bytes);
  };
  return {
    held,
    sequences,
    came: (batches: number) => until(() => held.length === batches, `${batches} batches have come`),
    openUp() {
      open = true;
      for (const { letThrough } of held) letThrough();
    },
  };
}

/** A partner for whom this waits; what comes to it is held up. */
async function partnerWith(code: string, waiting: readonly Message[]) {
  const peer = await node.addPartner(code);
  const { service } = peer.keyring.identity;
  const way = holdUp(peer);
  onTestFinished(() => way.openUp());
  await node.store.unit(async (unit) => {
    for (const message of waiting) await unit.enqueue(service, { message }, Date.now());
  });
  return { peer, service, way };
}

/** A partner for whom three batches and some more wait, of which two are on their way. */
async function partnerWithTwo(code: string) {
  const partner = await partnerWith(code, notices);
  node.engine.wake(partner.service);
  await partner.way.came(2);
  expect(partner.peer.received).toEqual([]);
  return partner;
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
    expect((await linkOf(peer))?.out).toMatchObject({ next: 5, attempts: 0 });
  });

  it('go again both, when the first was lost', async () => {
    const { peer, way } = await partnerWithTwo('lost');
    way.held[0]?.lose();
    way.openUp();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    expect(new Set(peer.received.map(({ sequence }) => sequence))).toEqual(new Set([1, 2, 3, 4]));
  });

  it('stay two, while the first was lost and the second is still held', async () => {
    const { way } = await partnerWithTwo('held');
    way.held[0]?.lose();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(way.held).toHaveLength(2);
  });

  it('are one, where less than a batch waits behind it: a small one would overtake a large one', async () => {
    const few = notices.slice(0, perBatch + 3);
    const { peer, service, way } = await partnerWith('tail', few);
    node.engine.wake(service);
    await way.came(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(way.held).toHaveLength(1);
    way.openUp();
    await until(() => peer.received.length >= few.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(few);
    expect((await linkOf(peer))?.out).toMatchObject({ attempts: 0 });
  });

  it('are taken in order when the second overtook the first', async () => {
    const { peer, way } = await partnerWithTwo('overtaken');
    way.held[1]?.letThrough();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(peer.received).toEqual([]);
    way.openUp();
    await until(() => peer.received.length >= notices.length, 'all of it arrives');
    expect(arrived(peer)).toEqual(notices);
    // The second goes twice, and nothing after it until it was taken
    expect(way.sequences.slice(0, 4)).toEqual([1, 2, 2, 3]);
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

  it('[KEY-1] are one, when the partner was revoked after the second was formed', async () => {
    const { service, way } = await partnerWith('late', notices);
    const unit = node.store.unit.bind(node.store);
    const formed = async () => ((await unit((seen) => seen.link(service)))?.out.unreceipted.length ?? 0) === 2;
    const revokedAfter = vi.spyOn(node.store, 'unit').mockImplementation(async (work) => {
      const answer = await unit(work);
      if (await formed()) await revoke(service);
      return answer;
    });
    node.engine.wake(service);
    await until(formed, 'the second is formed');
    await new Promise((resolve) => setTimeout(resolve, 800));
    revokedAfter.mockRestore();
    expect(way.held).toHaveLength(1);
  });
});

const revoke = (service: ServiceId) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx.updateTable('service').set({ revoked_at: new Date() }).where('id', '=', service).execute(),
  );

import { describe, expect, it } from 'vitest';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { party } from '#tests/record/parties.ts';
import type { StoredBatch, StoreUnit } from './store.ts';
import { newRecord } from './store-records.contract.ts';
import { newPeer, readNotice, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

const epochBatch = (epoch: number, sequence: number): StoredBatch => ({
  epoch,
  sequence,
  hash: `hash ${epoch} ${sequence}`,
  signedHeader: `header.${epoch}.${sequence}`,
  payload: new Uint8Array([epoch, sequence]),
});

/** Epochs, evidence, exports, and the return after a restore. */
export function recoveryContract(under: () => StoreUnderTest): void {
  const origin = party('recovery of the contract');
  const addOrigin = () => under().addService(serviceOf('recovery', { id: origin.id }));
  const unit = <T>(work: (unit: StoreUnit) => Promise<T>) => under().store.unit(work);
  /** One notice, in a batch of its own. */
  async function send(peer: string, epoch: number, sequence: number, notice: string, at = 1): Promise<void> {
    await unit(async (one) => {
      const item = await one.enqueue(peer, { message: readNotice(notice) }, at);
      await one.saveBatch(peer, epochBatch(epoch, sequence), [item], at);
    });
  }
  const waiting = async (peer: string) => (await unit((one) => one.waiting(peer, 100))).map(({ content }) => content);
  const messages = (...notices: string[]) => notices.map((notice) => ({ message: readNotice(notice) }));

  describe('epochs', () => {
    it('[EXC-4] puts back what is in later batches, receipted or not, in its old order and before what came since', async () => {
      const [peer, other] = [await newPeer(under()), await newPeer(under())];
      for (const sequence of [1, 2, 3]) await send(peer, 1, sequence, `1.${sequence}`);
      await send(peer, 2, 1, '2.1');
      await send(other, 2, 1, 'other');
      await unit((one) => one.markReceipted(peer, 1, 3, 2));
      await unit((one) => one.enqueue(peer, { message: readNotice('new') }, 3));
      await unit((one) => one.requeue(peer, { epoch: 1, through: 1 }));
      expect(await waiting(peer)).toEqual(messages('1.2', '1.3', '2.1', 'new'));
      expect(await waiting(other)).toEqual([]);
      expect(await unit((one) => one.batches(peer, 2, 1, 9))).toEqual([]);
      // Put back once: they may go into batches again
      await unit((one) => one.requeue(peer, { epoch: 1, through: 1 }));
      expect(await waiting(peer)).toHaveLength(4);
      await unit(async (one) => {
        const items = await one.waiting(peer, 100);
        await one.saveBatch(
          peer,
          epochBatch(3, 1),
          items.map(({ id }) => id),
          4,
        );
      });
      expect(await waiting(peer)).toEqual([]);
    });

    it('[EXC-4] queues releases anew as if never sent, but none that was refused', async () => {
      const peer = await newPeer(under());
      await addOrigin();
      const records = [newRecord(origin), newRecord(origin)];
      const release = (id: string, record: VerifiedRecord) => ({
        id,
        reference: { origin: record.origin, record: record.id, revision: 1, hash: record.hash },
        recipient: peer,
        purpose: 'terrorism-prevention',
        withheld: [],
      });
      const [went, refused] = ['018f0000-0000-7000-8000-00000000ec01', '018f0000-0000-7000-8000-00000000ec02'] as const;
      await unit(async (one) => {
        for (const [index, record] of records.entries()) {
          const id = index === 0 ? went : refused;
          await one.putRecord(record, null, 1);
          await one.putRelease(release(id, record), null, 1);
          const item = await one.enqueue(peer, { release: id }, 1);
          await one.saveBatch(peer, epochBatch(1, index + 1), [item], 2);
          await one.releaseSent(id, { epoch: 1, sequence: index + 1, index: 0, digests: ['d'] }, 2);
          if (id === refused) await one.releaseRefused(id, { code: 'record-malformed', by: peer }, 3);
          else
            expect(await one.sentReleases(peer, { epoch: 1, through: 0 })).toEqual([{ release: id, digests: ['d'] }]);
        }
        expect(await one.sentReleases(peer, { epoch: 1, through: 1 })).toEqual([]);
      });
      expect(await unit((one) => one.markReceipted(peer, 1, 2, 4))).toEqual([went, refused]);
      await unit((one) => one.releaseDelivered(went, 4));
      await unit((one) => one.requeue(peer, { epoch: 1, through: 0 }));
      expect(await waiting(peer)).toEqual([{ release: went }]);
      const { releases } = await under().observe();
      const stateOf = (id: string) => releases.find((row) => row.id === id);
      expect(stateOf(went)).toMatchObject({ state: 'queued', digests: null, deliveredAt: null });
      expect(stateOf(refused)).toMatchObject({ state: 'refused' });
      expect(await unit((one) => one.releaseAt(peer, 1, 1, 0))).toBeNull();
    });

    it('[EXC-4] keeps what was receipted for as long as a backup may be old, and forgets it then', async () => {
      const peer = await newPeer(under());
      await send(peer, 1, 1, 'old', 10);
      await send(peer, 1, 2, 'newer', 20);
      await send(peer, 1, 3, 'unreceipted', 10);
      await unit((one) => one.markReceipted(peer, 1, 1, 12));
      await unit((one) => one.markReceipted(peer, 1, 2, 22));
      await unit((one) => one.forgetReceipted(15));
      await unit((one) => one.requeue(peer, { epoch: 1, through: 0 }));
      expect(await waiting(peer)).toEqual(messages('newer', 'unreceipted'));
    });

    it('[EXC-4] gives a partner its own records back without keeping a second copy after its receipt', async () => {
      const peer = await newPeer(under());
      await unit(async (one) => {
        const item = await one.enqueue(peer, { message: { type: 'returned', sdJwt: 'x~' } }, 1);
        await one.saveBatch(peer, epochBatch(1, 1), [item], 1);
        await one.markReceipted(peer, 1, 1, 2);
        await one.requeue(peer, { epoch: 1, through: 0 });
      });
      expect(await waiting(peer)).toEqual([]);
    });

    it('knows the signed header of each batch', async () => {
      const peer = await newPeer(under());
      await send(peer, 1, 1, 'a', 1_000);
      await send(peer, 1, 2, 'b', 5_000);
      await unit(async (one) => {
        await one.recordTakenBatch(peer, { epoch: 1, sequence: 1, hash: 'h', signedHeader: 'theirs' }, 1);
        expect(await one.signedHeader('theirs', peer, { epoch: 1, sequence: 1 })).toBe('theirs');
        expect(await one.signedHeader('ours', peer, { epoch: 1, sequence: 2 })).toBe('header.1.2');
        expect(await one.signedHeader('ours', peer, { epoch: 2, sequence: 2 })).toBeNull();
      });
    });
  });

  describe('files', () => {
    it('[EXC-3] remembers how far the last file of an epoch went', async () => {
      const peer = await newPeer(under());
      const file = { officer: null, epoch: 1, messages: 3 };
      await unit(async (one) => {
        expect(await one.lastExported(peer, 1)).toBe(0);
        await one.addExport(peer, { ...file, from: 1, through: 4 }, 1);
        await one.addExport(peer, { ...file, from: 5, through: 7 }, 2);
        expect(await one.lastExported(peer, 1)).toBe(7);
        expect(await one.lastExported(peer, 2)).toBe(0);
      });
    });
  });

  describe('a recovery', () => {
    it('[EXC-4] is one at a time, asks each partner once, and ends when it is told', async () => {
      const [one, other, third] = [await newPeer(under()), await newPeer(under()), await newPeer(under())];
      await unit(async (store) => {
        expect(await store.recovery()).toBeNull();
        await store.beginRecovery([one, other], 7);
        await store.beginRecovery([other, third], 9);
        await store.countReturned(one);
        await store.countReturned(one);
        await store.partnerDone(one, 11);
        await store.partnerDone(one, 12);
      });
      const partners = [
        { peer: one, doneAt: 11, returned: 2 },
        { peer: other, doneAt: null, returned: 0 },
        { peer: third, doneAt: null, returned: 0 },
      ].sort((a, b) => (a.peer < b.peer ? -1 : 1));
      expect(await unit((store) => store.recovery())).toEqual({ beganAt: 7, partners });
      await unit((store) => store.endRecovery(13));
      await unit(async (store) => {
        expect(await store.recovery()).toBeNull();
        // What a partner says after a director went on without it still counts, once
        expect(await store.owesRecords(other)).toBe(true);
        await store.countReturned(other);
        await store.partnerDone(other, 14);
        expect(await store.owesRecords(other)).toBe(false);
        expect(await store.owesRecords(one)).toBe(false);
        await store.beginRecovery([one], 20);
        expect(await store.recovery()).toEqual({ beganAt: 20, partners: [{ peer: one, doneAt: null, returned: 0 }] });
        await store.endRecovery(21);
      });
    });

    it('[EXC-4] remembers how far it is in the list of each partner that owes one', async () => {
      const peer = await newPeer(under());
      await unit(async (store) => {
        expect(await store.recoveryPlace(peer)).toBeNull();
        await store.beginRecovery([peer], 7);
        expect(await store.recoveryPlace(peer)).toEqual({ after: null, missing: null });
        await store.setRecoveryPlace(peer, { after: 'some hash', missing: 3 });
        expect(await store.recoveryPlace(peer)).toEqual({ after: 'some hash', missing: 3 });
        await store.partnerDone(peer, 8);
        expect(await store.recoveryPlace(peer)).toBeNull();
        await store.endRecovery(9);
        await store.beginRecovery([peer], 10);
        expect(await store.recoveryPlace(peer)).toEqual({ after: null, missing: null });
        await store.endRecovery(11);
      });
    });

    it('[EXC-4] lists what it holds of an origin page by page, whenever that was written', async () => {
      await addOrigin();
      const start = newRecord(origin).createdAt;
      const made = [300, -86_400, 200, 100].map((after) => newRecord(origin, { createdAt: start + after }));
      await unit(async (one) => {
        for (const [at, record] of made.entries()) await one.putRecord(record, null, at + 1);
      });
      const pages: string[] = [];
      const own = new Set(made.map(({ hash }) => hash));
      for (let after: string | null = null; ; ) {
        const page = await unit((one) => one.listRevisions(origin.id, after, 3));
        expect(page.after).toBe(after);
        pages.push(...page.hashes);
        after = page.hashes.at(-1) ?? null;
        if (after === null) break;
        expect(page.hashes.length).toBeLessThanOrEqual(3);
      }
      expect(new Set(pages).size).toBe(pages.length);
      expect(pages.filter((hash) => own.has(hash)).sort()).toEqual([...own].sort());
      const again = await unit((one) => one.listRevisions(origin.id, 'of nobody', 3));
      expect(again).toEqual({ after: null, hashes: pages.slice(0, 3) });
      const among = await unit((one) => one.revisionsAmong(origin.id, [made[0]?.hash as string, 'of nobody']));
      expect([...among]).toEqual([made[0]?.hash]);
      expect(await unit((one) => one.revisionsAmong('another origin', [made[0]?.hash as string]))).toEqual(new Set());
    });

    it('[ADM-2] counts what waits of one type, and takes it out of the queue', async () => {
      const [peer, other] = [await newPeer(under()), await newPeer(under())];
      const returned = { message: { type: 'returned', sdJwt: 'x~' } } as const;
      await unit(async (one) => {
        const sent = await one.enqueue(peer, returned, 1);
        await one.saveBatch(peer, epochBatch(1, 1), [sent], 1);
        for (const _ of [1, 2, 3]) await one.enqueue(peer, returned, 1);
        await one.enqueue(peer, { message: readNotice('stays') }, 1);
        await one.enqueue(other, returned, 1);
      });
      await unit(async (one) => {
        expect(await one.waitingOf(peer, 'returned', 9)).toBe(3);
        expect(await one.waitingOf(peer, 'returned', 2)).toBe(2);
        await one.dropWaiting(peer, 'returned');
        expect(await one.waitingOf(peer, 'returned', 9)).toBe(0);
        expect(await one.waitingOf(other, 'returned', 9)).toBe(1);
      });
      expect(await waiting(peer)).toEqual(messages('stays'));
    });

    it('[EXC-4] counts every line of the journal, and never fewer', async () => {
      const length = () => unit((one) => one.journalLength());
      const before = await length();
      const line = { at: 1, actorKind: 'node', actor: null, act: 'x', record: null, hash: null } as const;
      await unit((one) => one.appendJournal({ ...line, service: null, reason: null }));
      expect(await length()).toBeGreaterThan(before);
    });
  });
}

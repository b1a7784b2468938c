import { describe, expect, it } from 'vitest';
import type { StoredBatch } from './store.ts';
import { linkTo, newPeer, readNotice, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

/** Links, queues, batches, what is held: the words of the exchange. */
export function exchangeContract(under: () => StoreUnderTest): void {
  describe('links and services', () => {
    it('keeps a link’s state exactly, and the newest', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) => unit.saveLink(linkTo(peer, 1)));
      await under().store.unit((unit) => unit.saveLink(linkTo(peer, 2)));
      expect(await under().store.unit((unit) => unit.link(peer))).toEqual(linkTo(peer, 2));
    });

    it('notes a contact without forgetting the last failure, and the other way round', async () => {
      const peer = await newPeer(under());
      const contact = async () => (await under().observe()).contacts.find((seen) => seen.peer === peer);
      await under().store.unit((unit) => unit.saveLink(linkTo(peer, 1)));
      await under().store.unit((unit) =>
        unit.noteContact(peer, { at: 1_000, failure: 'no route', nextAttemptAt: 2_000 }),
      );
      expect(await contact()).toEqual({
        peer,
        lastContactAt: null,
        lastFailureAt: 1_000,
        lastFailure: 'no route',
        nextAttemptAt: 2_000,
      });
      await under().store.unit((unit) => unit.noteContact(peer, { at: 3_000, failure: null, nextAttemptAt: null }));
      expect(await contact()).toEqual({
        peer,
        lastContactAt: 3_000,
        lastFailureAt: 1_000,
        lastFailure: 'no route',
        nextAttemptAt: null,
      });
    });

    it('[EXC-6] keeps by how much a partner’s clock is ahead or behind, beyond what an integer of 32 bits holds', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) => unit.saveLink(linkTo(peer, 1)));
      const ahead = () => under().store.unit((unit) => unit.clockAhead(peer));
      expect(await ahead()).toBeNull();
      for (const aheadMs of [259_200_000, 7_258_118_399_999, -7_258_118_399_999, 0]) {
        await under().store.unit((unit) => unit.noteClock(peer, aheadMs));
        expect(await ahead()).toBe(aheadMs);
      }
    });

    it('[KEY-2] knows a service with its keys, and counts only confirmed, unrevoked others as partners', async () => {
      const confirmed = await newPeer(under());
      const unconfirmed = await newPeer(under(), { confirmed: false });
      const revoked = await newPeer(under(), { revoked: true });
      await under().store.unit(async (unit) => {
        const known = await unit.knownService(confirmed);
        expect(known).toMatchObject({ id: confirmed, confirmed: true, revoked: false, url: null });
        expect(known?.sealingKey.publicKey).toEqual(new Uint8Array(1216).fill(3));
        expect(Object.values(known?.signingKeys ?? {})).toEqual([new Uint8Array(32).fill(known?.code.length ?? 0)]);
        expect(await unit.knownService(unconfirmed)).toMatchObject({ confirmed: false });
        expect(await unit.knownService(revoked)).toMatchObject({ revoked: true });
        expect(await unit.knownService('nobody')).toBeNull();
        const partners = (await unit.partners()).map(({ id }) => id);
        expect(partners).toContain(confirmed);
        expect(partners).not.toContain(unconfirmed);
        expect(partners).not.toContain(revoked);
      });
    });

    it('never counts ourselves as a partner', async () => {
      await under().addService(serviceOf('self', { id: 'self', isSelf: true }));
      await under().store.unit(async (unit) => {
        expect(await unit.knownService('self')).toMatchObject({ code: 'self' });
        expect((await unit.partners()).map(({ id }) => id)).not.toContain('self');
      });
    });
  });

  describe('the outbox', () => {
    it('[EXC-3] gives what waits, oldest first, to each peer its own', async () => {
      const [peer, other] = [await newPeer(under()), await newPeer(under())];
      await under().store.unit(async (unit) => {
        await unit.enqueue(peer, { message: readNotice('1') }, 10);
        await unit.enqueue(other, { message: readNotice('x') }, 10);
        await unit.enqueue(peer, { message: readNotice('2') }, 5);
        await unit.enqueue(peer, { message: readNotice('3') }, 20);
      });
      const waiting = await under().store.unit((unit) => unit.waiting(peer, 2));
      expect(waiting.map(({ content }) => content)).toEqual([
        { message: readNotice('1') },
        { message: readNotice('2') },
      ]);
    });

    it('drops an item that waits, but none that is in a batch', async () => {
      const peer = await newPeer(under());
      await under().store.unit(async (unit) => {
        const [dropped, sent] = [
          await unit.enqueue(peer, { message: readNotice('1') }, 1),
          await unit.enqueue(peer, { message: readNotice('2') }, 1),
        ];
        await unit.saveBatch(peer, batch(1), [sent], 2);
        await unit.dropFromQueue(dropped);
        await unit.dropFromQueue(sent);
        expect(await unit.waiting(peer, 10)).toEqual([]);
      });
      // What was not dropped cannot go into a second batch, and stays until the receipt
      await under().store.unit(async (unit) => {
        expect(await unit.markReceipted(peer, 1, 1, 3)).toEqual([]);
      });
    });

    it('[EXC-2] refuses an item that is in a batch already', async () => {
      const peer = await newPeer(under());
      const item = await under().store.unit((unit) => unit.enqueue(peer, { message: readNotice('1') }, 1));
      await under().store.unit((unit) => unit.saveBatch(peer, batch(1), [item], 2));
      await expect(under().store.unit((unit) => unit.saveBatch(peer, batch(2), [item], 2))).rejects.toThrow();
      expect(await under().store.unit((unit) => unit.batches(peer, 1, 1, 9))).toEqual([batch(1)]);
    });
  });

  describe('batches', () => {
    it('[EXC-2] refuses the same epoch and sequence twice, and keeps the first', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) => unit.saveBatch(peer, batch(1), [], 1));
      const again = under().store.unit((unit) => unit.saveBatch(peer, { ...batch(1), hash: 'other' }, [], 1));
      await expect(again).rejects.toThrow();
      expect(await under().store.unit((unit) => unit.batches(peer, 1, 1, 1))).toEqual([batch(1)]);
    });

    it('gives them back byte for byte, in order, within one epoch', async () => {
      const [peer, other] = [await newPeer(under()), await newPeer(under())];
      await under().store.unit(async (unit) => {
        for (const sequence of [2, 3, 1, 4]) await unit.saveBatch(peer, batch(sequence), [], 1);
        await unit.saveBatch(peer, { ...batch(2), epoch: 2 }, [], 1);
        await unit.saveBatch(other, batch(2), [], 1);
        expect(await unit.batches(peer, 1, 2, 3)).toEqual([batch(2), batch(3)]);
      });
    });

    it('[EXC-3] forgets payloads only with the receipt, which tells the releases that they carried', async () => {
      const peer = await newPeer(under());
      const item = await under().store.unit((unit) => unit.enqueue(peer, { message: readNotice('1') }, 1));
      await under().store.unit(async (unit) => {
        await unit.saveBatch(peer, batch(1), [item], 1);
        await unit.saveBatch(peer, batch(2), [], 1);
        await unit.saveBatch(peer, batch(3), [], 1);
      });
      await under().store.unit((unit) => unit.markReceipted(peer, 1, 2, 2));
      await under().store.unit(async (unit) => {
        expect(await unit.batches(peer, 1, 1, 3)).toEqual([batch(3)]);
        // Cumulative: the same receipt again changes nothing
        expect(await unit.markReceipted(peer, 1, 2, 3)).toEqual([]);
      });
    });

    it('[EXC-4] remembers the hash of what it took, and takes no sequence twice', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) =>
        unit.recordTakenBatch(peer, { epoch: 1, sequence: 1, hash: 'first', signedHeader: 'first signed' }, 1),
      );
      const again = under().store.unit((unit) =>
        unit.recordTakenBatch(peer, { epoch: 1, sequence: 1, hash: 'second', signedHeader: 'second signed' }, 1),
      );
      await expect(again).rejects.toThrow();
      await under().store.unit(async (unit) => {
        expect(await unit.takenBatchHash(peer, 1, 1)).toBe('first');
        expect(await unit.takenBatchHash(peer, 2, 1)).toBeNull();
      });
    });
  });

  describe('what is held or refused at the door', () => {
    it('[ADM-1] holds a message for what it waits for, once, until it is let go', async () => {
      const peer = await newPeer(under());
      const message = (index: number, waitsFor: string) =>
        ({ peer, epoch: 1, sequence: 1, index, sdJwt: `jwt${index}~`, code: 'revision-gap', waitsFor }) as const;
      const [wanted, other] = [`hash for ${peer}`, `other for ${peer}`];
      await under().store.unit(async (unit) => {
        await unit.hold(message(0, wanted), 1);
        await unit.hold(message(1, other), 1);
        await unit.hold(message(2, wanted), 1);
        await unit.hold(message(0, wanted), 2);
        expect(await unit.heldFor(wanted)).toEqual([message(0, wanted), message(2, wanted)]);
        expect(await unit.heldCount(peer)).toBe(3);
        await unit.unhold(message(0, wanted));
      });
      expect(await under().store.unit((unit) => unit.heldFor(wanted))).toEqual([message(2, wanted)]);
    });

    it('[ADM-1] notes what was refused, also from nobody known', async () => {
      const peer = await newPeer(under());
      await under().store.unit(async (unit) => {
        await unit.noteInboundRefusal(peer, 'sequence-gap', 1);
        await unit.noteInboundRefusal(null, 'envelope-malformed', 1);
      });
      const { inboundRefusals } = await under().observe();
      expect(inboundRefusals).toContainEqual({ peer, code: 'sequence-gap' });
      expect(inboundRefusals).toContainEqual({ peer: null, code: 'envelope-malformed' });
    });

    it('[ADM-2] counts what was refused of a peer under one code in each ten minutes, and no further than a hundred', async () => {
      const peer = await newPeer(under());
      const minute = 60_000;
      const note = (code: 'sequence-gap' | 'epoch-unknown', at: number) =>
        under().store.unit((unit) => unit.noteInboundRefusal(peer, code, at));
      expect(await note('sequence-gap', 1 * minute)).toBe(1);
      expect(await note('sequence-gap', 9 * minute)).toBe(2);
      expect(await note('epoch-unknown', 9 * minute)).toBe(1);
      expect(await note('sequence-gap', 10 * minute)).toBe(1);
      await under().store.unit(async (unit) => {
        for (let times = 0; times < 120; times++) await unit.noteInboundRefusal(peer, 'sequence-gap', 12 * minute);
      });
      expect(await note('sequence-gap', 12 * minute)).toBe(100);
    });

    it('[JRN-1] appends to the journal in order', async () => {
      const line = (act: string) =>
        ({
          at: 1_700_000_000_001,
          actorKind: 'node',
          actor: null,
          act,
          record: null,
          hash: null,
          service: null,
        }) as const;
      await under().store.unit(async (unit) => {
        await unit.appendJournal({ ...line('first.act'), reason: null });
        await unit.appendJournal({ ...line('second.act'), reason: 'code' });
      });
      const { journal } = await under().observe();
      expect(journal.slice(-2)).toEqual([
        { act: 'first.act', at: 1_700_000_000_001, actor: null },
        { act: 'second.act', at: 1_700_000_000_001, actor: null },
      ]);
    });
  });
}

const batch = (sequence: number): StoredBatch => ({
  epoch: 1,
  sequence,
  hash: `hash ${sequence}`,
  signedHeader: `header.${sequence}`,
  payload: new Uint8Array([0, 255, sequence, 10, 92]),
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailable } from './database.ts';
import { attemptContract } from './store-attempt.contract.ts';
import { correctionContract } from './store-corrections.contract.ts';
import { exchangeContract } from './store-exchange.contract.ts';
import { keyContract } from './store-keys.contract.ts';
import { onwardContract } from './store-onward.contract.ts';
import { recordContract } from './store-records.contract.ts';
import { recoveryContract } from './store-recovery.contract.ts';
import { releaseContract } from './store-releases.contract.ts';
import { linkTo, newPeer, readNotice, type StoreUnderTest } from './store-under-test.contract.ts';

export type { StoreUnderTest };

/** The words of `store.ts` as tests: every adapter runs them. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store contract on ${name}`, () => {
    let under: StoreUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => {
      await under.close();
    });
    const opened = () => under;

    unitContract(opened);
    attemptContract(opened);
    exchangeContract(opened);
    keyContract(opened);
    recordContract(opened);
    recoveryContract(opened);
    releaseContract(opened);
    correctionContract(opened);
    onwardContract(opened);

    it('says that it is unavailable once it is closed', async () => {
      await under.store.close();
      await expect(under.store.unit(async () => 1)).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });
}

function unitContract(under: () => StoreUnderTest): void {
  describe('a unit', () => {
    it('reads its own writes, and returns what the work returns', async () => {
      const peer = await newPeer(under());
      const waiting = await under().store.unit(async (unit) => {
        await unit.enqueue(peer, { message: readNotice('a') }, 1);
        return unit.waiting(peer, 10);
      });
      expect(waiting.map(({ content }) => content)).toEqual([{ message: readNotice('a') }]);
    });

    it('[EXC-3] leaves nothing when the work throws, however late', async () => {
      const peer = await newPeer(under());
      const failing = under().store.unit(async (unit) => {
        await unit.enqueue(peer, { message: readNotice('lost') }, 1);
        await unit.recordTakenBatch(peer, { epoch: 1, sequence: 1, hash: 'h', signedHeader: 'h signed' }, 1);
        await unit.saveLink(linkTo(peer, 7));
        throw new Error('after the writes');
      });
      await expect(failing).rejects.toThrow('after the writes');
      await under().store.unit(async (unit) => {
        expect(await unit.waiting(peer, 10)).toEqual([]);
        expect(await unit.takenBatchHash(peer, 1, 1)).toBeNull();
        expect(await unit.link(peer)).toBeNull();
      });
    });

    it('runs one after the other with a second unit on the same link, also before the link exists', async () => {
      const peer = await newPeer(under());
      await Promise.all(
        Array.from({ length: 8 }, () =>
          under().store.unit(async (unit) => {
            const link = (await unit.link(peer)) ?? linkTo(peer, 1);
            await new Promise((resolve) => setTimeout(resolve, 2));
            await unit.saveLink(linkTo(peer, link.out.next + 1));
          }),
        ),
      );
      expect((await under().store.unit((unit) => unit.link(peer)))?.out.next).toBe(9);
    });
  });
}

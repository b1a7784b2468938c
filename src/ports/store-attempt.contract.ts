import { describe, expect, it } from 'vitest';
import { party } from '#tests/record/parties.ts';
import { StoreUnavailable } from './database.ts';
import { newRecord } from './store-records.contract.ts';
import { linkTo, newPeer, readNotice, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

/** Parts of a unit that fail alone. */
export function attemptContract(under: () => StoreUnderTest): void {
  describe('an attempt', () => {
    const line = (act: string) =>
      ({ at: 1, actorKind: 'node', actor: null, act, record: null, hash: null, service: null, reason: null }) as const;
    const acts = async () => (await under().observe()).journal.map(({ act }) => act);

    it('[ADM-1] takes back all that an attempt wrote where it throws, and keeps what stands around it', async () => {
      const peer = await newPeer(under());
      const thrown = new Error('in the middle');
      await under().store.unit(async (unit) => {
        await unit.enqueue(peer, { message: readNotice('before') }, 1);
        await unit.appendJournal(line('attempt.before'));
        const failed = await unit.attempt(async (part) => {
          await part.enqueue(peer, { message: readNotice('within') }, 1);
          await part.appendJournal(line('attempt.within'));
          await part.saveLink(linkTo(peer, 7));
          throw thrown;
        });
        expect(failed).toEqual({ fault: thrown });
        expect(await unit.link(peer)).toBeNull();
        await unit.enqueue(peer, { message: readNotice('after') }, 1);
        await unit.appendJournal(line('attempt.after'));
      });
      const waiting = await under().store.unit((unit) => unit.waiting(peer, 10));
      expect(waiting.map(({ content }) => content)).toEqual([
        { message: readNotice('before') },
        { message: readNotice('after') },
      ]);
      expect((await acts()).filter((act) => act.startsWith('attempt.'))).toEqual(['attempt.before', 'attempt.after']);
    });

    it('[ADM-1] keeps what an attempt wrote where it returns, and gives back what it returned', async () => {
      const peer = await newPeer(under());
      const kept = await under().store.unit((unit) =>
        unit.attempt(async (part) => {
          await part.saveLink(linkTo(peer, 7));
          return 'done here';
        }),
      );
      expect(kept).toEqual({ done: 'done here' });
      expect((await under().store.unit((unit) => unit.link(peer)))?.out.next).toBe(7);
    });

    it('[ADM-1] takes back an attempt within another alone', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) =>
        unit.attempt(async (outer) => {
          await outer.enqueue(peer, { message: readNotice('outer') }, 1);
          const inner = await outer.attempt(async (part) => {
            await part.enqueue(peer, { message: readNotice('inner') }, 1);
            throw new Error('inner');
          });
          expect(inner).toHaveProperty('fault');
        }),
      );
      const waiting = await under().store.unit((unit) => unit.waiting(peer, 10));
      expect(waiting.map(({ content }) => content)).toEqual([{ message: readNotice('outer') }]);
    });

    it('[ADM-1] reads after a failed attempt what stood before it, not what it had written', async () => {
      const record = newRecord(party('attempting'), {});
      await under().addService(serviceOf('attempting', { id: record.origin }));
      const head = (revision: number) =>
        ({
          record: record.id,
          origin: record.origin,
          kind: record.kind,
          hash: record.hash,
          revision,
          state: 'active',
        }) as const;
      await under().store.unit(async (unit) => {
        await unit.putRecord(record, null, 1_000);
        await unit.setHead(head(1), 1_000);
        await unit.attempt(async (part) => {
          await part.setHead({ ...head(1), state: 'quarantined' }, 1_000);
          expect((await part.head(record.id))?.state).toBe('quarantined');
          throw new Error('undone');
        });
        expect((await unit.head(record.id))?.state).toBe('active');
      });
      expect(await under().store.unit((unit) => unit.head(record.id))).toEqual(head(1));
    });

    it('[EXC-3] fails whole where the store is gone in the middle of an attempt', async () => {
      const peer = await newPeer(under());
      const failing = under().store.unit(async (unit) => {
        await unit.enqueue(peer, { message: readNotice('lost') }, 1);
        await unit.attempt(async () => {
          throw new StoreUnavailable('gone');
        });
      });
      await expect(failing).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await under().store.unit((unit) => unit.waiting(peer, 10))).toEqual([]);
    });
  });
}

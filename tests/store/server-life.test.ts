import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { party } from '../record/parties.ts';
import { markingOf, storeRecord } from '../visibility/ground.ts';
import { postgresUnderTest } from './postgres-under-test.ts';

const found = findPostgres();
if ('missing' in found) {
  it.skip(`a PostgreSQL server that fails: ${found.missing}`, () => undefined);
} else {
  describe('a PostgreSQL server that fails', () => {
    let cluster: PostgresCluster;
    let urls: { url: string; ownerUrl: string };
    beforeAll(async () => {
      cluster = await startPostgresCluster();
      urls = await cluster.createDatabase();
    });
    afterAll(() => cluster.stop());
    const node = { kind: 'node' } as const;

    it('stops a query past its time limit, and serves the next', async () => {
      const { database } = await openPostgres({ ...urls, limits: { statementMsMax: 200 } });
      const stuck = database.asActor(node, (tx) => sql`select pg_sleep(30)`.execute(tx));
      await expect(stuck).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await database.asActor(node, (tx) => tx.selectFrom('service').select('id').execute())).toEqual([]);
      await database.close();
    });

    it('rolls back work that hangs, and work whose session is ended', async () => {
      const { database } = await openPostgres({ ...urls, limits: { transactionMsMax: 300, sessionsMax: 2 } });
      const hanging = database.asActor(node, async (tx) => {
        await database.unit(tx).noteInboundRefusal(null, 'not-found', 1);
        await new Promise(() => undefined);
      });
      await expect(hanging).rejects.toThrow('took too long');

      const owner = new pg.Client(urls.ownerUrl);
      await owner.connect();
      const ended = database.asActor(node, async (tx) => {
        await database.unit(tx).noteInboundRefusal(null, 'not-found', 1);
        await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tansiq' and state <> 'idle'`,
        );
        await database.unit(tx).noteInboundRefusal(null, 'not-found', 1);
      });
      await expect(ended).rejects.toBeInstanceOf(StoreUnavailable);
      await owner.end();
      expect(await database.asActor(node, (tx) => tx.selectFrom('inbound_refusal').select('id').execute())).toEqual([]);
      await database.close();
    });

    it('runs deadlocked units again, so that both are done', async () => {
      const { database, store } = await openPostgres(urls);
      const { promise: bothHoldOne, resolve } = Promise.withResolvers<void>();
      let holding = 0;
      const done: string[] = [];
      // Each waits for the other's link: PostgreSQL ends one, which then finds the way free
      const cross = (first: string, second: string) =>
        store.unit(async (unit) => {
          await unit.link(first);
          if (++holding === 2) resolve();
          await bothHoldOne;
          await unit.link(second);
          done.push(first);
        });
      await Promise.all([cross('a', 'b'), cross('b', 'a')]);
      expect(done.sort()).toEqual(['a', 'b']);
      await database.close();
    });

    it('[REC-4] keeps the newer of two revisions that two links bring at one moment, whichever is stored last', async () => {
      const under = await postgresUnderTest(urls);
      const { store } = under;
      const origin = party('origin');
      await under.addService(serviceOf('origin', { id: origin.id }));
      const { id: record, kind, hash } = await storeRecord(store, origin, { marking: markingOf(1) });
      const of = (revision: number, state: 'active' | 'quarantined' | 'equivocal') =>
        ({ record, origin: origin.id, kind, hash, revision, state }) as const;
      const set = (one: ReturnType<typeof of>) => store.unit((unit) => unit.setHead(one, 1));
      const now = () => store.unit((unit) => unit.head(record));
      await store.unit(async (late) => {
        expect(await late.head(record)).toMatchObject({ revision: 1 });
        await set(of(3, 'quarantined'));
        await late.setHead(of(2, 'active'), 1);
      });
      expect(await now()).toMatchObject({ revision: 3, state: 'quarantined' });
      await store.unit(async (late) => {
        await late.head(record);
        await set(of(3, 'equivocal'));
        await late.setHead(of(4, 'active'), 1);
      });
      expect(await now()).toMatchObject({ revision: 3, state: 'equivocal' });
      await under.close();
    });

    it('[REC-4] leaves neither active of two that contradict each other, when two links bring them at one moment', async () => {
      const under = await postgresUnderTest(urls);
      const { store } = under;
      const origin = party('liar');
      await under.addService(serviceOf('liar', { id: origin.id }));
      const { id: record, kind, hash } = await storeRecord(store, origin, { marking: markingOf(1) });
      const { hash: otherHash } = await storeRecord(store, origin, { marking: markingOf(1) });
      const second = (hash: string) =>
        ({ record, origin: origin.id, kind, hash, revision: 2, state: 'active' }) as const;
      await store.unit(async (late) => {
        expect(await late.head(record)).toMatchObject({ revision: 1 });
        await store.unit((unit) => unit.setHead(second(hash), 1));
        await late.setHead(second(otherHash), 1);
      });
      expect(await store.unit((unit) => unit.head(record))).toMatchObject({ revision: 2, state: 'equivocal' });
      await under.close();
    });

    it('says unavailable where there is none, and where the login is wrong', async () => {
      const elsewhere = new URL(urls.url);
      elsewhere.port = '1';
      await expect(openPostgres({ url: elsewhere.href })).rejects.toBeInstanceOf(StoreUnavailable);
      const nobody = new URL(urls.url);
      nobody.username = 'nobody_here';
      await expect(openPostgres({ url: nobody.href })).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Tx } from '#src/ports/database.ts';
import { newRecord, nextRecordId } from '#src/ports/store-records.contract.ts';
import { linkTo, newPeer, type StoreUnderTest, serviceOf } from '#src/ports/store-under-test.contract.ts';
import { party } from '#tests/record/parties.ts';

export type DatabaseUnderTest = StoreUnderTest & { database: Database };

const node = { kind: 'node' } as const;
const origin = party('database contract');

/** What both databases must do alike beneath the store's words. */
export function databaseContract(name: string, open: () => Promise<DatabaseUnderTest>): void {
  describe(`the database contract on ${name}`, () => {
    let under: DatabaseUnderTest;
    beforeAll(async () => {
      under = await open();
      await under.addService(serviceOf('database', { id: origin.id }));
    });
    afterAll(() => under.close());
    const asNode = <T>(work: (tx: Tx) => Promise<T>) => under.database.asActor(node, work);

    valueTests(() => under);

    it('[ADM-1] lets what fails only when it is sent to the database fail in the attempt that wrote it', async () => {
      const peer = await newPeer(under);
      const record = newRecord(origin);
      const holder = { record: record.id, hash: record.hash, via: null, digests: [] } as const;
      const faults = await under.store.unit(async (unit) => {
        await unit.putRecord(record, null, 1_000);
        const unknown = await unit.attempt((part) => part.putHolder({ ...holder, holder: 'nobody' }, 'granted', 1_000));
        const known = await unit.attempt((part) => part.putHolder({ ...holder, holder: peer }, 'granted', 1_000));
        return [unknown, known];
      });
      expect(faults).toEqual([{ fault: expect.objectContaining({ code: '23503' }) }, { done: undefined }]);
      expect((await under.observe()).holders).toContainEqual({ hash: record.hash, holder: peer, state: 'granted' });
    });

    it('[ADM-1] is the actor after a failed attempt who it was before, also where the attempt failed as another', async () => {
      const peer = await newPeer(under);
      await asNode(async (tx) => {
        const unit = under.database.unit(tx);
        const failed = await unit.attempt(() =>
          under.database.switchActor(tx, { kind: 'partner', service: peer }, node, () =>
            unit.appendJournal({
              at: 1,
              actorKind: 'node',
              actor: null,
              act: 'x',
              record: null,
              hash: null,
              service: null,
              reason: null,
            }),
          ),
        );
        expect(failed).toEqual({ fault: expect.objectContaining({ code: '42501' }) });
        const { rows } = await sql<{
          role: string;
          partner: string;
        }>`select current_user as role, current_setting('app.partner') as partner`.execute(tx);
        expect(rows).toEqual([{ role: 'tansiq_node', partner: '' }]);
        await unit.saveLink(linkTo(peer, 3));
      });
      expect((await under.store.unit((unit) => unit.link(peer)))?.out.next).toBe(3);
    });

    describe('a transaction', () => {
      it('takes one query or change of rows a statement, and nothing that changes who asks', async () => {
        for (const statement of [
          'reset role',
          'set local role tansiq_owner',
          'set session authorization postgres',
          "set local app.officer = 'x'",
          "select set_config('role', 'tansiq_owner', true)",
          "SELECT pg_catalog.SET_CONFIG('app.partner', 'x', true)",
          `select u&"set\\005fconfig"('role', 'x', true)`,
          'commit',
          'begin',
          'create table x ()',
          'do $$ begin end $$',
          'copy service to stdout',
          'truncate service',
          ' /* select */ reset role',
        ]) {
          await expect(
            asNode((tx) => sql.raw(statement).execute(tx)),
            statement,
          ).rejects.toThrow('may run in a');
        }
        // The protocol itself takes only one
        await expect(asNode((tx) => sql.raw('select 1; reset role').execute(tx))).rejects.toThrow(/multiple commands/);
      });

      it('rolls back whole when the work throws, and takes no statement afterwards', async () => {
        const code = `gone-${randomUUID()}`;
        let escaped: Tx | undefined;
        const failing = asNode(async (tx) => {
          escaped = tx;
          await under.database.unit(tx).noteInboundRefusal(origin.id, 'not-found', 1);
          await tx.updateTable('service').set({ url: code }).where('id', '=', origin.id).execute();
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        const found = await asNode((tx) => tx.selectFrom('service').select('id').where('url', '=', code).execute());
        expect(found).toEqual([]);
        await expect(escaped?.selectFrom('service').select('id').execute()).rejects.toThrow('over');
      });

      it('does not pass off as stored what a failed statement undid', async () => {
        const url = `undone-${randomUUID()}`;
        const swallowed = asNode(async (tx) => {
          await tx.updateTable('service').set({ url }).where('id', '=', origin.id).execute();
          await sql`select 1 / 0`.execute(tx).catch(() => undefined);
        });
        await expect(swallowed).rejects.toThrow('nothing was stored');
      });

      it('runs the work again after a conflict with another', async () => {
        let runs = 0;
        const result = await asNode(async (tx) => {
          runs++;
          if (runs < 3) throw Object.assign(new Error('could not serialize'), { code: '40001' });
          return (await sql<{ one: number }>`select 1 as one`.execute(tx)).rows[0]?.one;
        });
        expect([runs, result]).toEqual([3, 1]);
      });

      it('keeps two transactions apart', async () => {
        const read = () => asNode((tx) => tx.selectFrom('service').select('url').where('id', '=', origin.id).execute());
        const before = await read();
        const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
        const writing = asNode(async (tx) => {
          await tx.updateTable('service').set({ url: 'http://new' }).where('id', '=', origin.id).execute();
          await mayEnd;
        });
        const reading = read();
        end();
        await writing;
        expect([before, [{ url: 'http://new' }]]).toContainEqual(await reading);
        expect(await read()).toEqual([{ url: 'http://new' }]);
      });
    });

    describe('a switch of actor', () => {
      const who = async (tx: Tx) =>
        (await sql<{ who: string }>`select current_user || ':' || coalesce(app_partner(), '') as who`.execute(tx))
          .rows[0]?.who;

      it('applies within, and ends with it, also when the work within throws', async () => {
        const partner = { kind: 'partner', service: 'p' } as const;
        await asNode(async (tx) => {
          expect(await who(tx)).toBe('tansiq_node:');
          await under.database.switchActor(tx, partner, node, async () => {
            expect(await who(tx)).toBe('tansiq_partner:p');
            await under.database.switchActor(tx, { kind: 'sign-in' }, partner, async () => {
              expect(await who(tx)).toBe('tansiq_sign_in:');
            });
            expect(await who(tx)).toBe('tansiq_partner:p');
          });
          const failing = under.database.switchActor(tx, partner, node, async () => {
            throw new Error('within');
          });
          await expect(failing).rejects.toThrow('within');
          expect(await who(tx)).toBe('tansiq_node:');
        });
      });

      it('never lends its rights to statements that run beside it', async () => {
        await under.database.asActor({ kind: 'partner', service: 'p' }, async (tx) => {
          const back = { kind: 'partner', service: 'p' } as const;
          const { promise: within, resolve: entered } = Promise.withResolvers<void>();
          const switched = under.database.switchActor(tx, node, back, async () => {
            entered();
            await new Promise((resolve) => setTimeout(resolve, 20));
            return who(tx);
          });
          await within;
          const beside = await Promise.all([who(tx), who(tx)]);
          expect(await switched).toBe('tansiq_node:');
          expect(beside).toEqual(['tansiq_partner:p', 'tansiq_partner:p']);
        });
      });

      it('serves words asked side by side one after the other', async () => {
        const record = newRecord(origin);
        const counts = await under.store.unit(async (unit) => {
          await unit.putRecord(record, null, 1);
          const asked = Array.from({ length: 5 }, (_, i) => unit.disclosuresFor(`partner-${i}`, record.hash));
          const [copy, ...seen] = await Promise.all([unit.sdJwt(record.hash), ...asked]);
          return [copy !== null, ...seen.map((rows) => rows.length)];
        });
        expect(counts).toEqual([true, 0, 0, 0, 0, 0]);
      });
    });

    it('[ACC-22] shows nothing and takes nothing where nobody is named', async () => {
      const nobody = { kind: 'officer', officer: '' } as const;
      const record = newRecord(origin);
      await under.store.unit(async (unit) => {
        await unit.putRecord(record, null, 1);
        await unit.putOnDesk(record.id, 'liaison', null, 1);
      });
      await under.database.asActor(nobody, async (tx) => {
        for (const table of ['record_revision', 'service', 'agreement', 'journal', 'link', 'record_desk'] as const) {
          expect(await tx.selectFrom(table).select(sql<number>`1`.as('one')).execute(), table).toEqual([]);
        }
      });
      const seen = await asNode((tx) =>
        tx.selectFrom('record_revision').select('hash').where('hash', '=', record.hash).execute(),
      );
      expect(seen).toHaveLength(1);
    });
  });
}

function valueTests(under: () => DatabaseUnderTest): void {
  it('gives column values as the tables say, whatever the time zone', async () => {
    const { database } = under();
    const bytes = new Uint8Array([0, 1, 92, 39, 255]);
    const at = new Date('2026-03-29T01:30:00.123Z');
    const row = await database.asActor(node, async (tx) => {
      const { rows } = await sql`
        select ${bytes}::bytea as bytes, ${at}::timestamptz as at, ${'2026-03-29'}::date as day,
          ${'9007199254740993'}::bigint as big, 42::int as int, 7::smallint as small, count(*) as count,
          ${JSON.stringify({ a: [1, null, 'é'], ب: {} })}::jsonb as json, ${['a,b', '"c"', 'NULL', '', 'ب\\']}::text[] as list,
          array[]::text[] as none, null::text[] as nothing, true as yes, ${'01997c1e-8f00-7000-8000-00000000ab01'}::uuid as id
      `.execute(tx);
      return rows[0];
    });
    expect(row).toEqual({
      bytes,
      at,
      day: '2026-03-29',
      big: '9007199254740993',
      int: 42,
      small: 7,
      count: '1',
      json: { a: [1, null, 'é'], ب: {} },
      list: ['a,b', '"c"', 'NULL', '', 'ب\\'],
      none: [],
      nothing: null,
      yes: true,
      id: '01997c1e-8f00-7000-8000-00000000ab01',
    });
    expect((row as { bytes: unknown }).bytes).not.toBeInstanceOf(Buffer);
  });

  it('stores each type of the tables and reads it back the same', async () => {
    const { database } = under();
    const record = newRecord(origin, { reviewBy: '2026-10-25', createdAt: 1_758_700_123 });
    await under().store.unit((unit) => unit.putRecord(record, null, 1_700_000_000_987));
    const stored = await database.asActor(node, (tx) =>
      tx.selectFrom('record_revision').selectAll().where('hash', '=', record.hash).executeTakeFirstOrThrow(),
    );
    expect(stored).toMatchObject({
      record_id: record.id,
      review_by: '2026-10-25',
      created_at: new Date(1_758_700_123_000),
      stored_at: new Date(1_700_000_000_987),
      handling: record.marking.handling,
      compartments: record.marking.compartments,
      releasable_to: null,
      revision: 1,
      level: record.marking.level,
    });
    const item = await under()
      .store.unit((unit) => unit.enqueue(origin.id, { release: nextRecordId() }, 1))
      .catch(String);
    expect(item).toMatch(/foreign key/);
  });

  it('counts changed rows', async () => {
    const changed = await under().database.asActor(node, (tx) =>
      tx.updateTable('service').set({ url: 'http://x' }).where('id', '=', origin.id).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(1n);
  });
}

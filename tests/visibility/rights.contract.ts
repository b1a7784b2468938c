import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Tx } from '#src/ports/database.ts';
import { newRecord } from '#src/ports/store-records.contract.ts';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import { party } from '#tests/record/parties.ts';
import type { DatabaseUnderTest } from '../store/database.contract.ts';
import { addOfficer, asOfficer, firstAdministrator, markingOf, node, signIn, storeRecord } from './ground.ts';

const self = party('self');
const partner = party('partner');

/** Who may do what with which table: on every database that a node may run on. */
export function rightsContract(name: string, open: () => Promise<DatabaseUnderTest>): void {
  describe(`the rights on ${name}`, () => {
    let under: DatabaseUnderTest;
    let administrator: string;
    let analyst: string;
    let director: string;
    let overseer: string;

    beforeAll(async () => {
      under = await open();
      await under.addService(serviceOf('self', { id: self.id, isSelf: true }));
      await under.addService(serviceOf('partner', { id: partner.id }));
      administrator = await firstAdministrator(under.database);
      const add = (role: 'analyst' | 'director' | 'oversight', desks: readonly string[]) =>
        addOfficer(under.database, administrator, { role, clearance: 2, compartments: [], desks });
      analyst = await add('analyst', ['analysis']);
      director = await add('director', ['direction']);
      overseer = await add('oversight', []);
    });
    afterAll(() => under.close());

    const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => under.database.asActor(actor, work);
    const run = (actor: Actor, statement: RawBuilder<unknown>) => as(actor, (tx) => statement.execute(tx));
    const denied = /permission denied|row-level security|only the own language|once, in the own name|append-only/;
    const refuses = (actor: Actor, statement: RawBuilder<unknown>) =>
      expect(run(actor, statement)).rejects.toThrow(denied);
    const everyone = (): [string, Actor][] => [
      ['analyst', asOfficer(analyst)],
      ['director', asOfficer(director)],
      ['oversight', asOfficer(overseer)],
      ['administrator', asOfficer(administrator)],
      ['partner', { kind: 'partner', service: partner.id }],
      ['node', node],
      ['sign-in', signIn],
    ];

    describe('secrets', () => {
      it('[ACC-22] passphrase hashes are the sign-in’s alone', async () => {
        for (const [who, actor] of everyone()) {
          if (who === 'sign-in') continue;
          await refuses(actor, sql`select passphrase_hash from officer`);
          await refuses(actor, sql`select * from officer`);
          await refuses(
            actor,
            sql`update officer set passphrase_hash = 'x' where passphrase_hash = 'a hash that nobody reads'`,
          );
        }
        const { rows } = await run(signIn, sql`select passphrase_hash from officer where id = ${analyst}`);
        expect(rows).toEqual([{ passphrase_hash: 'a hash that nobody reads' }]);
      });

      it('[ACC-12] session tokens too; an administrator ends sessions without seeing them', async () => {
        const token = new Uint8Array(32).fill(9);
        await run(
          signIn,
          sql`insert into session (token_hash, officer, created_at, expires_at, last_seen_at)
              values (${token}, ${analyst}, now(), now(), now())`,
        );
        for (const [who, actor] of everyone()) {
          if (who !== 'sign-in') await refuses(actor, sql`select token_hash from session`);
        }
        const end = (by: string) =>
          as(asOfficer(by), (tx) => tx.deleteFrom('session').where('officer', '=', analyst).executeTakeFirst());
        expect((await end(director)).numDeletedRows).toBe(0n);
        expect((await end(administrator)).numDeletedRows).toBe(1n);
      });

      it('[ACC-12] what the sign-in sees is no content', async () => {
        const content = ['record_revision', 'disclosure', 'record_head', 'record_desk', 'release', 'journal', 'draft'];
        for (const table of content) await refuses(signIn, sql`select 1 from ${sql.table(table)}`);
      });
    });

    describe('the journal', () => {
      it('[JRN-1] takes lines, and gives up none', async () => {
        await under.store.unit((unit) =>
          unit.appendJournal({
            at: 1,
            actorKind: 'node',
            actor: null,
            act: 'node.started',
            record: null,
            hash: null,
            service: null,
            reason: null,
          }),
        );
        for (const [, actor] of everyone()) {
          await refuses(actor, sql`update journal set act = 'other'`);
          await refuses(actor, sql`delete from journal`);
        }
        const { rows } = await run(node, sql`select act from journal where act = 'node.started'`);
        expect(rows).toHaveLength(1);
      });

      it('[ACC-12] takes a line only in the writer’s own name', async () => {
        const line = (actor: Actor, kind: string, name: string | null) =>
          run(
            actor,
            sql`insert into journal (at, actor_kind, actor, act, leaf_hash) values (now(), ${kind}, ${name}, 'x', ${new Uint8Array(32)})`,
          );
        await line(asOfficer(analyst), 'officer', analyst);
        await expect(line(asOfficer(analyst), 'officer', director)).rejects.toThrow(denied);
        await expect(line(asOfficer(analyst), 'node', null)).rejects.toThrow(denied);
        await expect(line(node, 'officer', analyst)).rejects.toThrow(denied);
        await expect(line(signIn, 'officer', analyst)).rejects.toThrow(denied);
        await line(signIn, 'sign-in', null);
      });
    });

    describe('officers', () => {
      const change = (by: string, of: string, set: object) =>
        as(asOfficer(by), (tx) => tx.updateTable('officer').set(set).where('id', '=', of).executeTakeFirst());

      it('[ACC-22] change their own language and nothing else, administrators too', async () => {
        for (const who of [analyst, overseer, administrator]) {
          expect((await change(who, who, { language: 'fr' })).numUpdatedRows).toBe(1n);
          await expect(change(who, who, { clearance: 4 })).rejects.toThrow(denied);
          await expect(change(who, who, { role: 'director' })).rejects.toThrow(denied);
          await expect(change(who, who, { compartments: ['SAHEL'] })).rejects.toThrow(denied);
          await expect(change(who, who, { passphrase_hash: 'x' })).rejects.toThrow(denied);
        }
        expect((await change(analyst, director, { language: 'en' })).numUpdatedRows).toBe(0n);
        expect((await change(administrator, analyst, { clearance: 3 })).numUpdatedRows).toBe(1n);
        await change(administrator, analyst, { clearance: 2 });
      });

      it('[ACC-22] are made by administrators; the first one by the set-up, once', async () => {
        const insert = (actor: Actor) =>
          run(
            actor,
            sql`insert into officer (id, login, display_name, role, clearance, language, passphrase_hash, created_at)
                values (${randomUUID()}, ${randomUUID()}, 'x', 'administrator', 0, 'ar', 'x', now())`,
          );
        for (const [who, actor] of [...everyone()].filter(([one]) => one !== 'administrator')) {
          await expect(insert(actor), who).rejects.toThrow(denied);
        }
        await insert(asOfficer(administrator));
      });

      it('[ACC-22] get desks from an administrator, who gives himself none', async () => {
        const desk = (by: string, to: string) =>
          run(asOfficer(by), sql`insert into officer_desk (officer, desk) values (${to}, 'judicial')`);
        await expect(desk(analyst, analyst)).rejects.toThrow(denied);
        await expect(desk(administrator, administrator)).rejects.toThrow(denied);
        await desk(administrator, director);
      });

      it('keep drafts that nobody else sees', async () => {
        const id = randomUUID();
        await run(
          asOfficer(analyst),
          sql`insert into draft (id, officer, content, version, updated_at) values (${id}, ${analyst}, '{}', 1, now())`,
        );
        const seen = async (by: string) =>
          (await as(asOfficer(by), (tx) => tx.selectFrom('draft').select('id').where('id', '=', id).execute())).length;
        expect([await seen(analyst), await seen(director), await seen(administrator), await seen(overseer)]).toEqual([
          1, 0, 0, 0,
        ]);
        await refuses(node, sql`select 1 from draft`);
      });
    });

    describe('content', () => {
      const put = (actor: Actor, by: typeof self, more: { desks?: readonly string[] } = {}) => {
        const record = newRecord(by, {
          marking: markingOf(1),
          portions: [{ text: 'x', nature: 'fact', marking: markingOf(1) }],
        });
        return as(actor, async (tx) => {
          const unit = under.database.unit(tx);
          const officer = actor.kind === 'officer' ? actor.officer : null;
          await unit.putRecord(record, null, 1);
          await unit.setHead(
            {
              record: record.id,
              origin: record.origin,
              kind: record.kind,
              hash: record.hash,
              revision: 1,
              state: 'active',
            },
            1,
          );
          for (const desk of more.desks ?? ['analysis']) await unit.putOnDesk(record.id, desk, officer, 1);
          return record;
        });
      };

      it('[REC-1] an officer writes our own records, and reads them on the own desk', async () => {
        const record = await put(asOfficer(analyst), self, { desks: ['analysis', 'liaison'] });
        const desks = await as(asOfficer(analyst), (tx) => under.database.unit(tx).desks(record.id));
        expect(desks).toEqual(['analysis', 'liaison']);
        await expect(put(asOfficer(analyst), partner)).rejects.toThrow(denied);
      });

      it('[ACC-21] [ACC-22] oversight and administrators write none', async () => {
        await expect(put(asOfficer(overseer), self)).rejects.toThrow(denied);
        await expect(put(asOfficer(administrator), self)).rejects.toThrow(denied);
        await expect(put({ kind: 'partner', service: partner.id }, self)).rejects.toThrow(denied);
        await expect(put(signIn, self)).rejects.toThrow(denied);
      });

      it('[REC-4] nobody changes or deletes what was signed', async () => {
        const record = await put(asOfficer(analyst), self);
        for (const [who, actor] of everyone()) {
          await refuses(actor, sql`update record_revision set level = 0`);
          await refuses(actor, sql`delete from record_revision`);
          await refuses(actor, sql`update disclosure set level = 0, compartments = '{}'`);
          // ACC-14: the engine may delete what the origin's signed erasure takes away, and this is not erased
          if (who === 'node') await run(actor, sql`delete from disclosure`);
          else await refuses(actor, sql`delete from disclosure`);
          await refuses(actor, sql`update record_desk set desk = 'analysis'`);
        }
        const left = await as(node, (tx) =>
          tx.selectFrom('disclosure').select('digest').where('hash', '=', record.hash).execute(),
        );
        expect(left.length).toBe(record.disclosures.length);
      });

      it('[ACC-12] nobody brings a record to the own desk that he does not see', async () => {
        const hidden = await storeRecord(under.store, self, { marking: markingOf(1), desks: ['direction'] });
        const received = await storeRecord(under.store, partner, { marking: markingOf(1), received: true });
        const above = await storeRecord(under.store, self, { marking: markingOf(4), desks: ['analysis'] });
        for (const record of [hidden, received, above]) {
          await expect(
            as(asOfficer(analyst), (tx) => under.database.unit(tx).putOnDesk(record.id, 'analysis-2', analyst, 1)),
          ).rejects.toThrow(denied);
        }
        // Who sees it may, and only in the own name
        await as(asOfficer(director), (tx) => under.database.unit(tx).putOnDesk(hidden.id, 'analysis', director, 1));
        await expect(
          as(asOfficer(director), (tx) => under.database.unit(tx).putOnDesk(hidden.id, 'liaison', analyst, 1)),
        ).rejects.toThrow(denied);
        const seen = await as(asOfficer(analyst), (tx) => under.database.unit(tx).head(hidden.id));
        expect(seen?.hash).toBe(hidden.hash);
      });

      it('[REL-1] nobody releases what he does not see, or as another', async () => {
        const [mine, hidden] = [
          await put(asOfficer(analyst), self),
          await storeRecord(under.store, self, { marking: markingOf(1), desks: ['direction'] }),
        ];
        const received = await storeRecord(under.store, partner, {
          marking: markingOf(0),
          desks: ['analysis'],
          received: true,
        });
        const release = (actor: Actor, record: typeof mine, by: string | null) =>
          as(actor, (tx) =>
            under.database.unit(tx).putRelease(
              {
                id: randomUUID(),
                reference: { origin: record.origin, record: record.id, revision: 1, hash: record.hash },
                recipient: partner.id,
                purpose: 'terrorism-prevention',
                withheld: [],
              },
              by,
              1,
            ),
          );
        await expect(release(asOfficer(analyst), hidden, analyst)).rejects.toThrow(denied);
        await expect(release(asOfficer(analyst), mine, director)).rejects.toThrow(denied);
        await expect(release(asOfficer(analyst), mine, null)).rejects.toThrow(denied);
        await expect(release(asOfficer(overseer), mine, overseer)).rejects.toThrow(denied);
        // REL-3: nor what a partner gave
        await expect(release(asOfficer(analyst), received, analyst)).rejects.toThrow(denied);
        await release(asOfficer(analyst), mine, analyst);
      });

      it('[KEY-2] a partner is added by an administrator, unconfirmed, and confirmed by who compared', async () => {
        const add = (by: string, confirmed: Date | null) => {
          const id = randomUUID();
          return as(asOfficer(by), async (tx) => {
            await tx
              .insertInto('service')
              .values({
                id,
                is_self: false,
                code: id,
                names: '{}',
                url: null,
                inception_key: new Uint8Array(32),
                signing_keys: '{}',
                sealing_key_id: 'k',
                sealing_key: new Uint8Array(1216),
                card: 'c',
                added_at: new Date(),
                confirmed_at: confirmed,
                confirmed_by: null,
                revoked_at: null,
              })
              .execute();
            return id;
          });
        };
        await expect(add(analyst, null)).rejects.toThrow(denied);
        await expect(add(administrator, new Date())).rejects.toThrow(denied);
        const id = await add(administrator, null);
        const confirm = (by: string, as_: string | null) =>
          as(asOfficer(by), (tx) =>
            tx
              .updateTable('service')
              .set({ confirmed_at: new Date(), confirmed_by: as_ })
              .where('id', '=', id)
              .executeTakeFirst(),
          );
        expect((await confirm(analyst, analyst)).numUpdatedRows).toBe(0n);
        await expect(confirm(director, null)).rejects.toThrow(denied);
        await expect(confirm(director, analyst)).rejects.toThrow(denied);
        expect((await confirm(director, director)).numUpdatedRows).toBe(1n);
        // Once: neither taken back nor signed again; revoked instead, for good
        await expect(confirm(administrator, administrator)).rejects.toThrow(denied);
        const revoke = (at: Date | null) =>
          as(asOfficer(administrator), (tx) =>
            tx.updateTable('service').set({ revoked_at: at }).where('id', '=', id).executeTakeFirst(),
          );
        expect((await revoke(new Date(1))).numUpdatedRows).toBe(1n);
        await expect(revoke(null)).rejects.toThrow(denied);
        // Keys are the exchange's to change, with a signed card
        await refuses(asOfficer(administrator), sql`update service set signing_keys = '{}'`);
      });
    });

    describe('the schema', () => {
      const names = async (query: RawBuilder<{ name: string }>) =>
        (await as(node, (tx) => query.execute(tx))).rows.map(({ name }) => name);
      const policyFiles = readdirSync('db/policies')
        .map((file) => file.replace(/\.sql$/, ''))
        .filter((file) => !/^\d/.test(file))
        .sort();

      it('forces row-level security on every table, and has a policy file for each', async () => {
        const tables = await names(sql`
          select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`);
        // The list of what was applied is the migrator's own: db/bookkeeping.sql
        expect(tables.filter((table) => table !== 'schema_step').sort()).toEqual(policyFiles);
        const unforced = await names(sql`
          select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`);
        expect(unforced).toEqual([]);
        const without = await names(sql`
          select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p')
            and not exists (select 1 from pg_policy p where p.polrelid = c.oid)`);
        expect(without).toEqual([]);
      });

      it('gives no role the right to pass the policies by, and PUBLIC no table', async () => {
        expect(
          await names(
            sql`select rolname as name from pg_roles where rolname like 'tansiq\\_%' and (rolbypassrls or rolsuper or rolcanlogin)`,
          ),
        ).toEqual([]);
        const open = await names(sql`
          select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace,
            lateral aclexplode(c.relacl) a where n.nspname in ('public', 'gate') and a.grantee = 0`);
        expect(open).toEqual([]);
      });

      it('keeps the owner of the tables without a policy, so that owning shows nothing', async () => {
        expect(
          await names(sql`
            select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
            where (select oid from pg_roles where rolname = 'tansiq_owner') = any (p.polroles) or 0 = any (p.polroles)`),
        ).toEqual(['schema_step']);
      });

      it('pins the search path of every function, and lets the definer own those that lend its rights', async () => {
        expect(
          await names(sql`
            select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'public' and p.proconfig is null and p.proname <> 'journal_is_append_only'`),
        ).toEqual([]);
        expect(
          await names(sql`
            select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'public' and p.prosecdef
              and p.proowner <> (select oid from pg_roles where rolname = 'tansiq_definer')`),
        ).toEqual([]);
      });

      it('lets nobody name the views that policies look through', async () => {
        for (const [, actor] of everyone()) {
          await refuses(actor, sql`select 1 from gate.open_desk`);
          await refuses(actor, sql`select 1 from gate.own_revision`);
        }
      });
    });
  });
}

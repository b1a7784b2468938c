import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedRun, openWorker } from '#src/adapters/postgres/embedded/open-worker.ts';
import { openPostgres, SchemaMismatch } from '#src/adapters/postgres/index.ts';
import { readSchemaFiles, type SchemaFile, type SchemaFiles } from '#src/adapters/postgres/schema/files.ts';
import { migrate } from '#src/adapters/postgres/schema/migrate.ts';
import { dumpSchema, schemaFile } from '../../tools/schema-dump.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-schema-test-'));
afterAll(() => rm(root, { recursive: true, force: true }));

const file = (path: string, sql: string, sha256 = `hash of ${sql}`): SchemaFile => ({ path, sql, sha256 });

it('db/schema.sql is what migrations and policies come to; else run node tools/schema-dump.ts', async () => {
  const { database } = await openPostgres({ home: join(root, 'dump') });
  try {
    expect(await dumpSchema(database)).toBe(await readFile(schemaFile, 'utf8'));
  } finally {
    await database.close();
  }
});

describe('migrations', () => {
  let run: EmbeddedRun;
  let files: SchemaFiles;
  beforeAll(async () => {
    const dir = join(root, 'migrations');
    await mkdir(dir);
    run = await openWorker(dir, 60_000);
    files = await readSchemaFiles();
    await migrate(run.client, files);
  });
  afterAll(() => run.stop());
  const more = (...added: SchemaFile[]): SchemaFiles => ({ ...files, migrations: [...files.migrations, ...added] });
  const there = async (table: string) =>
    (await run.client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`public.${table}`]))
      .rows[0]?.there;

  it('do nothing when all is there', async () => {
    const steps = () => run.client.query('select path, applied_at from schema_step order by path');
    const before = (await steps()).rows;
    await migrate(run.client, files);
    expect((await steps()).rows).toEqual(before);
  });

  it('refuse a past migration that has changed, and say which', async () => {
    const changed = files.migrations.map((migration) => ({ ...migration, sha256: 'other' }));
    const migrating = migrate(run.client, { ...files, migrations: changed });
    await expect(migrating).rejects.toBeInstanceOf(SchemaMismatch);
    await expect(migrating).rejects.toThrow(
      'db/migrations/0001-first.sql was applied to this database and has changed',
    );
  });

  it('of which one fails leave nothing of it, and go on from there', async () => {
    const [good, bad] = [
      file('migrations/9000-good.sql', 'create table good ()'),
      file('migrations/9001-bad.sql', 'create table bad (); select 1 / 0'),
    ];
    await expect(migrate(run.client, more(good, bad))).rejects.toThrow('division by zero');
    expect([await there('good'), await there('bad')]).toEqual([true, false]);
    const mended = file(bad.path, 'create table bad ()');
    await migrate(run.client, more(good, mended));
    expect(await there('bad')).toBe(true);
    await run.client.query(`drop table good, bad; delete from schema_step where path like 'migrations/9%'`);
  });

  it('refuse a database that a newer version has changed, and a number below one applied', async () => {
    const newer = file('migrations/9002-newer.sql', 'select 1');
    await migrate(run.client, more(newer));
    await expect(migrate(run.client, files)).rejects.toThrow(
      'db/migrations/9002-newer.sql, which this version does not',
    );
    const late = file('migrations/9000-late.sql', 'select 1');
    await expect(migrate(run.client, more(late, newer))).rejects.toThrow('give it a new number');
    await run.client.query(`delete from schema_step where path like 'migrations/9%'`);
  });

  it('a policy file that changed is the whole truth about its table again', async () => {
    const policies = async () =>
      (await run.client.query(`select policyname from pg_policies where tablename = 'link' order by 1`)).rows;
    const rights = () =>
      run.client.query(`select has_table_privilege('tansiq_officer', 'link', 'delete') as deletes, relforcerowsecurity as forced
        from pg_class where oid = 'link'::regclass`);
    const before = await policies();
    await run.client.query(`create policy stray on link to tansiq_officer using (true); grant delete on link to tansiq_officer;
      alter table link no force row level security`);
    expect((await rights()).rows).toEqual([{ deletes: true, forced: false }]);
    const touched = files.policies.map((policy) =>
      policy.path === 'policies/link.sql' ? { ...policy, sha256: 'touched' } : policy,
    );
    await migrate(run.client, { ...files, policies: touched });
    expect(await policies()).toEqual(before);
    expect((await rights()).rows).toEqual([{ deletes: false, forced: true }]);
    // And back: every file can be applied again on top of itself
    await migrate(run.client, { ...files, policies: files.policies.map((policy) => ({ ...policy, sha256: 'again' })) });
    expect(await policies()).toEqual(before);
  });
});

it('migrations need no superuser on the newest PostgreSQL either', async () => {
  const dir = join(root, 'plain-owner');
  await mkdir(dir);
  const { client, stop } = await openWorker(dir, 60_000);
  try {
    await client.query('create role plain_owner createrole; alter database postgres owner to plain_owner');
    await client.query('set session authorization plain_owner');
    await migrate(client, await readSchemaFiles());
    await migrate(client, await readSchemaFiles());
    const { rows } = await client.query(`select relforcerowsecurity as forced, pg_get_userbyid(relowner) as owner
      from pg_class where oid = 'service'::regclass`);
    expect(rows).toEqual([{ forced: true, owner: 'tansiq_owner' }]);
    await expect(client.query('select 1 from service')).rejects.toThrow('permission denied');
  } finally {
    await stop();
  }
});

const found = findPostgres();
if ('missing' in found) {
  it.skip(`migrations on a PostgreSQL server: ${found.missing}`, () => undefined);
} else {
  describe('migrations on a PostgreSQL server', () => {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgresCluster();
    });
    afterAll(() => cluster.stop());

    it('run from several nodes at once, on databases of one cluster', async () => {
      const [one, two] = [await cluster.createDatabase(), await cluster.createDatabase()];
      const opened = await Promise.all([one, one, two, two].map((urls) => openPostgres(urls)));
      for (const { store, database } of opened) {
        expect(await store.unit((unit) => unit.partners())).toEqual([]);
        await database.close();
      }
    });

    it('come to the same schema as on the embedded database', async () => {
      const { database } = await openPostgres(await cluster.createDatabase());
      try {
        // What only the versions say differently: how they print a view’s and a policy’s columns
        const plain = (text: string) => text.replace(/\b[a-z]\.(?=\w)/g, '').replace(/\s+/g, ' ');
        expect(plain(await dumpSchema(database))).toBe(plain(await readFile(schemaFile, 'utf8')));
      } finally {
        await database.close();
      }
    });
  });

  it('migrations on a fresh server need no superuser: an owner that may create roles, and a login without rights', async () => {
    const cluster = await startPostgresCluster();
    try {
      const { url, ownerUrl } = await cluster.createDatabase();
      const { username: name } = new URL(url);
      const admin = new pg.Client(ownerUrl);
      await admin.connect();
      await admin.query('create role plain_owner login createrole');
      await admin.query(`alter database ${name} owner to plain_owner`);
      await admin.end();
      const owner = new URL(ownerUrl);
      owner.username = 'plain_owner';
      for (let start = 0; start < 2; start++) {
        const { database, store } = await openPostgres({ url, ownerUrl: owner.href });
        expect(await store.unit((unit) => unit.partners())).toEqual([]);
        await database.close();
      }
      const login = new pg.Client(url);
      await login.connect();
      await expect(login.query('select 1 from service')).rejects.toThrow('permission denied');
      await expect(login.query('set role tansiq_owner')).rejects.toThrow('permission denied');
      await login.end();
    } finally {
      await cluster.stop();
    }
  });
}

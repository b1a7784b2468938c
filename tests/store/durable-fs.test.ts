import fs, { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DurableNodeFs } from '#src/adapters/postgres/embedded/durable-fs.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-durable-'));
let database: PGlite;

beforeAll(async () => {
  // As worker.ts opens it, but on this thread, where fsync can be watched
  database = await PGlite.create({
    fs: new DurableNodeFs(join(root, 'data'), (error) => {
      throw error;
    }),
    startParams: PGlite.defaultStartParams.filter((param) => param !== '-F'),
    initDbStartParams: ['--wal-segsize=4'],
    postgresqlconf: ['wal_sync_method=fsync'],
  });
  await database.exec('create table t (a int)');
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await database.close();
  await rm(root, { recursive: true, force: true });
});

describe('durability', () => {
  it('[EXC-3] a commit reaches the disk before it is answered, once per commit', async () => {
    const fsync = vi.spyOn(fs, 'fsyncSync');
    for (let i = 1; i <= 5; i++) {
      await database.exec(`insert into t values (${i})`);
      expect(fsync.mock.calls.length).toBeGreaterThanOrEqual(i);
    }
    const before = fsync.mock.calls.length;
    await database.query('select count(*) from t');
    expect(fsync.mock.calls.length).toBe(before);
  });

  it('the settings that make it so are on', async () => {
    const { rows } = await database.query(
      `select name, setting from pg_settings
       where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') order by name`,
    );
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'wal_sync_method', setting: 'fsync' },
    ]);
  });

  it('new files are in their directory for good', async () => {
    const directories: string[] = [];
    const real = fs.fsyncSync;
    vi.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
      if (fs.fstatSync(fd).isDirectory()) directories.push(String(fd));
      real(fd);
    });
    await database.exec('select pg_switch_wal(); insert into t values (0); checkpoint');
    expect(directories.length).toBeGreaterThan(0);
  });

  it('an fsync that fails is told at once, not taken for done', async () => {
    const failures: unknown[] = [];
    const failing = new DurableNodeFs(join(root, 'other'), (error) => {
      failures.push((error as NodeJS.ErrnoException).code);
      throw error;
    });
    // Not through PostgreSQL: it would try for ever, which is why the worker ends itself in this moment
    const { emscriptenOpts } = await failing.init(database, {});
    const operations: { fsync?: (stream: { nfd?: number; node: unknown }) => number } = {};
    const module = { NODEFS: { stream_ops: operations, realPath: () => join(root, 'nowhere') } };
    emscriptenOpts.preRun?.at(-1)?.(module as never);
    const closed = fs.openSync(join(root, 'file'), 'w');
    fs.closeSync(closed);
    expect(() => operations.fsync?.({ nfd: closed, node: null })).toThrow();
    expect(() => operations.fsync?.({ node: null })).toThrow();
    expect(failures).toEqual(['EBADF', 'ENOENT']);
    expect(operations.fsync?.({ nfd: fs.openSync(join(root, 'file'), 'r'), node: null })).toBe(0);
  });
});

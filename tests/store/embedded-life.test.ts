import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { copyTemplate, templateFor } from '#src/adapters/postgres/embedded/template.ts';
import { openPostgres, type PostgresOptions } from '#src/adapters/postgres/index.ts';
import { readSchemaFiles } from '#src/adapters/postgres/schema/files.ts';
import { type Database, StoreUnavailable } from '#src/ports/database.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-life-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let homes = 0;
const newHome = () => join(root, `home-${++homes}`);
const node = { kind: 'node' } as const;

async function withDatabase<T>(
  home: string,
  work: (database: Database) => Promise<T>,
  limits: PostgresOptions['limits'] = {},
): Promise<T> {
  const { database } = await openPostgres({ home, limits });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
const noteRefusal = (database: Database) =>
  database.asActor(node, (tx) => database.unit(tx).noteInboundRefusal(null, 'not-found', 1));
const countRefusals = (database: Database) =>
  database.asActor(node, (tx) => tx.selectFrom('inbound_refusal').select('id').execute()).then((rows) => rows.length);

describe('the home directory', () => {
  it('belongs to one process at a time, and says who has it', async () => {
    const home = newHome();
    await withDatabase(home, async () => {
      await expect(openPostgres({ home })).rejects.toThrow(StoreUnavailable);
      await expect(openPostgres({ home })).rejects.toThrow(`process ${process.pid}`);
      // Another process too: the lock is the kernel's, not this process's memory
      const other = spawn(process.execPath, ['tests/store/open-once.ts', home], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said] = (await once(other.stdout, 'data')) as [Buffer];
      expect(said.toString()).toMatch(/^StoreUnavailable: .*another process has this database open/);
    });
    await withDatabase(home, async (database) => expect(await countRefusals(database)).toBe(0));
  });

  it('keeps what was stored when it is closed and opened', async () => {
    const home = newHome();
    await withDatabase(home, noteRefusal);
    await withDatabase(home, async (database) => expect(await countRefusals(database)).toBe(1));
  });

  it('with what an interrupted start left behind, starts anew', async () => {
    const home = newHome();
    const remains = join(home, 'database.unfinished-1');
    await mkdir(remains, { recursive: true });
    await writeFile(join(remains, 'PG_VERSION'), '18');
    await withDatabase(home, async (database) => expect(await countRefusals(database)).toBe(0));
    expect((await readdir(home)).sort()).toEqual(['database', 'database.lock', 'database.lock.json']);
  });
});

describe('the watchdog', () => {
  const limits = { answerMsMax: 1_500 };

  it.each([
    ['a query that computes for ever', 'select count(*) from generate_series(1, 1000000000000)'],
    ['a query that sleeps', 'select pg_sleep(60)'],
  ])('ends %s; the next one is answered, and nothing stored is lost', async (_, query) => {
    await withDatabase(
      newHome(),
      async (database) => {
        await noteRefusal(database);
        const begun = Date.now();
        const stuck = database.asActor(node, async (tx) => {
          await database.unit(tx).noteInboundRefusal(null, 'not-found', 1);
          await sql.raw(query).execute(tx);
        });
        const waiting = countRefusals(database);
        await expect(stuck).rejects.toThrow(StoreUnavailable);
        await expect(stuck).rejects.toThrow('1500 ms');
        expect(Date.now() - begun).toBeLessThan(10_000);
        expect(await waiting).toBe(1);
        await noteRefusal(database);
        expect(await countRefusals(database)).toBe(2);
      },
      limits,
    );
  });

  it('leaves the process free to answer meanwhile', async () => {
    await withDatabase(newHome(), async (database) => {
      const busy = database.asActor(node, (tx) => sql`select count(*) from generate_series(1, 3000000)`.execute(tx));
      let turns = 0;
      const counting = setInterval(() => turns++, 10);
      const begun = Date.now();
      await busy;
      clearInterval(counting);
      // At least a third of the ticks that an idle process would have had
      expect(turns).toBeGreaterThan((Date.now() - begun) / 30 - 2);
    });
  });

  it('rolls back work that does not come to an end, and serves the next', async () => {
    await withDatabase(
      newHome(),
      async (database) => {
        const hanging = database.asActor(node, async (tx) => {
          await database.unit(tx).noteInboundRefusal(null, 'not-found', 1);
          await new Promise(() => undefined);
        });
        await expect(hanging).rejects.toThrow('took too long');
        expect(await countRefusals(database)).toBe(0);
      },
      { transactionMsMax: 300 },
    );
  });

  it('turns away who waits too long, and too many', async () => {
    await withDatabase(
      newHome(),
      async (database) => {
        const { promise: end, resolve } = Promise.withResolvers<void>();
        const first = database.asActor(node, () => end);
        const late = countRefusals(database);
        const tooMany = countRefusals(database);
        await expect(tooMany).rejects.toThrow('are waiting');
        await expect(late).rejects.toThrow('waited 200 ms');
        resolve();
        await first;
        expect(await countRefusals(database)).toBe(0);
      },
      { waitingMax: 1, waitMsMax: 200 },
    );
  });
});

describe('upkeep', () => {
  it('writes the log back and makes room for deleted rows, because no other process does', async () => {
    await withDatabase(
      newHome(),
      async (database) => {
        await database.asActor(node, async (tx) => {
          await sql`insert into inbound_refusal (peer, code, at) select null, 'x', now() from generate_series(1, 2000)`.execute(
            tx,
          );
        });
        const done = async () => {
          const { rows } = await database.asActor(node, (tx) =>
            sql<{ analysed: number }>`
              select count(*)::int as analysed from pg_stat_user_tables
              where relname = 'inbound_refusal' and last_analyze is not null and last_vacuum is not null`.execute(tx),
          );
          return rows[0]?.analysed === 1;
        };
        for (const giveUpAt = Date.now() + 10_000; !(await done()) && Date.now() < giveUpAt; ) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect(await done()).toBe(true);
        // Afterwards the session is again one without rights
        await expect(
          database.asActor(node, (tx) => sql`select passphrase_hash from officer`.execute(tx)),
        ).rejects.toThrow('permission denied');
      },
      { everyMs: 100 },
    );
  });
});

describe('the template of a new database', () => {
  /** Stands in for the seconds that the real one takes. */
  const build = async (dir: string) => {
    await mkdir(join(dir, 'base'));
    await writeFile(join(dir, 'PG_VERSION'), '18\n');
    await writeFile(join(dir, 'base', '1'), 'a page');
  };
  const filesIn = async (dir: string) => (await readdir(dir, { recursive: true })).sort();

  it('is made once, also when several start at the same moment', async () => {
    const [cache, files] = [join(root, 'cache-1'), await readSchemaFiles()];
    let builds = 0;
    const counted = async (dir: string) => {
      builds++;
      await build(dir);
    };
    const made = await Promise.all([1, 2, 3].map(() => templateFor(files, counted, cache)));
    expect(new Set(made).size).toBe(1);
    expect(builds).toBe(1);
    const to = join(root, 'copy-1');
    expect(await copyTemplate(made[0] ?? '', to)).toBe(true);
    expect(await filesIn(to)).toEqual(['PG_VERSION', 'base', 'base/1']);
    expect(await readFile(join(to, 'base', '1'), 'utf8')).toBe('a page');
  });

  it.each([
    ['a file was cut short', (dir: string) => truncate(join(dir, 'database/base/1'), 2)],
    ['a file was changed', (dir: string) => appendFile(join(dir, 'database/base/1'), 'x')],
    ['a file is missing', (dir: string) => rm(join(dir, 'database/base/1'))],
  ])('is thrown away when %s, and made again', async (what, damage) => {
    const [cache, files] = [join(root, `cache ${what}`), await readSchemaFiles()];
    const template = (await templateFor(files, build, cache)) ?? '';
    await damage(template);
    const to = join(root, `copy ${what}`);
    expect(await copyTemplate(template, to)).toBe(false);
    expect(await readdir(root)).not.toContain(`copy ${what}`);
    expect(await copyTemplate((await templateFor(files, build, cache)) ?? '', to)).toBe(true);
  });

  it('leaves nothing of a copy that is given up while its files are still being written', async () => {
    const [cache, files] = [join(root, 'cache-3'), await readSchemaFiles()];
    const many = async (dir: string) => {
      for (let at = 1_000; at < 2_000; at++) await writeFile(join(dir, String(at)), 'a page');
    };
    const template = (await templateFor(files, many, cache)) ?? '';
    // The first that is copied: the start of another version took the template away meanwhile.
    await rm(join(template, 'database/1999'));
    expect(await copyTemplate(template, join(root, 'copy-3'))).toBe(false);
    expect(await readdir(root)).not.toContain('copy-3');
  });

  it('is made anew for another schema, and the old one goes', async () => {
    const [cache, files] = [join(root, 'cache-2'), await readSchemaFiles()];
    await templateFor(files, build, cache);
    const roles = { ...files.roles, sha256: 'changed' };
    const other = await templateFor({ ...files, roles }, build, cache);
    expect((await readdir(cache)).filter((name) => name.startsWith('database-'))).toHaveLength(1);
    expect(await filesIn(join(other ?? '', 'database'))).toContain('PG_VERSION');
  });

  it('is done without where no cache can be kept', async () => {
    const files = await readSchemaFiles();
    await writeFile(join(root, 'a-file'), '');
    // A cache below a plain file cannot be made, whoever runs this
    expect(await templateFor(files, build, join(root, 'a-file', 'cache'))).toBeNull();
  });

  it('opens a new home in about a second', async () => {
    await withDatabase(newHome(), countRefusals);
    const begun = performance.now();
    await withDatabase(newHome(), countRefusals);
    // Measured 0.9 s on two idle cores; ten times that under load is still far from making one
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

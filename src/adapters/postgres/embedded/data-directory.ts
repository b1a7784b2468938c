import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SchemaFiles } from '../schema/files.ts';
import { migrate } from '../schema/migrate.ts';
import { openWorker } from './open-worker.ts';
import { copyTemplate, templateFor } from './template.ts';

/**
 * Makes sure that `home/database` is a database. A new one is made aside and moved into place whole and synced, so that
 * whatever is interrupted, the directory is either complete or absent. The caller holds the lock of `home`.
 */
export async function prepareDataDirectory(home: string, files: SchemaFiles): Promise<string> {
  const dataDir = join(home, 'database');
  if (await exists(join(dataDir, 'PG_VERSION'))) return dataDir;
  await removeRemains(home);
  const made = join(home, `${unfinished}${randomUUID()}`);
  const template = await templateFor(files, buildDatabase);
  if (!template || !(await copyTemplate(template, made))) {
    await mkdir(made, { recursive: true, mode: 0o700 });
    await buildDatabase(made, files);
  }
  await rename(made, dataDir);
  await syncDirectory(dirname(dataDir));
  return dataDir;
}

const unfinished = 'database.unfinished-';
const buildMsMax = 120_000;

/** Makes a database in an empty directory, and migrates it. */
async function buildDatabase(dir: string, files: SchemaFiles): Promise<void> {
  const run = await openWorker(dir, buildMsMax);
  try {
    await migrate(run.client, files);
    // Nobody makes further databases here: without the templates it is half the size, and opens faster
    await run.client.query(`update pg_database set datistemplate = false where datname in ('template0', 'template1')`);
    await run.client.query('drop database template0');
    await run.client.query('drop database template1');
  } finally {
    await run.stop();
  }
}

async function removeRemains(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(unfinished)) await rm(join(home, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

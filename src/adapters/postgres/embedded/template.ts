import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SchemaFiles, schemaHash } from '../schema/files.ts';
import { ProcessLock } from './process-lock.ts';

/**
 * Making a database takes seconds and half a gigabyte of memory, copying one takes neither. A migrated, empty database
 * is kept beside the dependencies that made it, one for each version of PGlite and of db/. It is a cache: whatever is
 * missing, changed or not writable, the database is made anew.
 */
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/tansiq/', import.meta.url));

interface TemplateFile {
  readonly path: string;
  /** null: a directory */
  readonly sha256: string | null;
}

export type Build = (dir: string, files: SchemaFiles) => Promise<void>;

/** The template's directory, made if need be; null where no cache can be kept. */
export async function templateFor(files: SchemaFiles, build: Build, root = cache): Promise<string | null> {
  try {
    await mkdir(root, { recursive: true });
    const dir = join(root, `database-${await pgliteVersion()}-${schemaHash(files).slice(0, 16)}`);
    if (await isComplete(dir)) return dir;
    const lock = await waitForLock(join(root, 'building.lock'));
    try {
      if (!(await isComplete(dir))) await make(dir, root, files, build);
    } finally {
      lock.release();
    }
    return dir;
  } catch (error) {
    // The file system said no: read-only, full, not ours. What the database itself said goes on
    if ((error as NodeJS.ErrnoException).syscall !== undefined) return null;
    throw error;
  }
}

/** Copies and syncs a template. False, with the template thrown away, when it is not what was made. */
export async function copyTemplate(template: string, to: string): Promise<boolean> {
  const files = JSON.parse(await readFile(join(template, manifest), 'utf8')) as TemplateFile[];
  await mkdir(to, { recursive: true, mode: 0o700 });
  try {
    for (const { path, sha256 } of files) {
      if (sha256 === null) await mkdir(join(to, path), { mode: 0o700 });
    }
    await sideBySide(files, async ({ path, sha256 }) => {
      if (sha256 !== null) await copyVerified(join(template, 'database', path), join(to, path), sha256);
    });
    return true;
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    await rm(template, { recursive: true, force: true });
    if (error instanceof TemplateDamaged || (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const manifest = 'template.json';
const buildWaitMsMax = 180_000;

class TemplateDamaged extends Error {}

async function copyVerified(from: string, to: string, sha256: string): Promise<void> {
  const bytes = await readFile(from);
  if (hashOf(bytes) !== sha256) throw new TemplateDamaged(from);
  const handle = await open(to, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    // The database trusts that what lies under its log is on the disk
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function make(dir: string, root: string, files: SchemaFiles, build: Build): Promise<void> {
  // Only the builder is here: what else lies around is from other versions, or from a builder that was killed
  for (const name of await readdir(root)) {
    if (name.startsWith('database-')) await rm(join(root, name), { recursive: true, force: true });
  }
  const aside = `${dir}.${randomUUID()}`;
  await mkdir(join(aside, 'database'), { recursive: true, mode: 0o700 });
  await build(join(aside, 'database'), files);
  const list = await listFiles(join(aside, 'database'));
  await writeFile(join(aside, manifest), JSON.stringify(list));
  await rename(aside, dir);
}

async function listFiles(root: string): Promise<TemplateFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files: TemplateFile[] = [];
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    const path = full.slice(root.length + 1);
    files.push({ path, sha256: entry.isDirectory() ? null : hashOf(await readFile(full)) });
  }
  // A directory before what is in it
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Ends only when nothing is under way any more, also where one fails: what was begun can then be cleared away. */
async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const ended = await Promise.allSettled(
    Array.from({ length: 16 }, async () => {
      try {
        for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }),
  );
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

async function waitForLock(path: string): Promise<ProcessLock> {
  for (const giveUpAt = Date.now() + buildWaitMsMax; ; ) {
    const lock = ProcessLock.tryTake(path);
    if (lock) return lock;
    if (Date.now() > giveUpAt) throw new Error(`${path}: another process is making a database and does not finish`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function isComplete(dir: string): Promise<boolean> {
  return stat(join(dir, manifest)).then(
    () => true,
    () => false,
  );
}

async function pgliteVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(await readFile(join(dirname(main), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

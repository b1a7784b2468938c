import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

export interface SchemaFile {
  /** Relative to db/, e.g. `migrations/0001-first.sql`. */
  readonly path: string;
  readonly sql: string;
  readonly sha256: string;
}
export interface SchemaFiles {
  readonly roles: SchemaFile;
  readonly bookkeeping: SchemaFile;
  /** In the order of their numbers. */
  readonly migrations: readonly SchemaFile[];
  /** First what all policies stand on (`0-…`, `1-…`), then one file a table. */
  readonly policies: readonly SchemaFile[];
}

const db = new URL('../../../../db/', import.meta.url);

export async function readSchemaFiles(): Promise<SchemaFiles> {
  const [roles, bookkeeping, migrations, policies] = await Promise.all([
    read('roles.sql'),
    read('bookkeeping.sql'),
    readFolder('migrations'),
    readFolder('policies'),
  ]);
  return { roles, bookkeeping, migrations, policies };
}

async function readFolder(folder: string): Promise<SchemaFile[]> {
  const names = (await readdir(new URL(`${folder}/`, db))).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name) => read(`${folder}/${name}`)));
}

async function read(path: string): Promise<SchemaFile> {
  const sql = await readFile(new URL(path, db), 'utf8');
  return { path, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

/** One hash over all of it: two equal ones make the same database. */
export function schemaHash({ roles, bookkeeping, migrations, policies }: SchemaFiles): string {
  const hash = createHash('sha256');
  for (const file of [roles, bookkeeping, ...migrations, ...policies]) hash.update(`${file.path} ${file.sha256}\n`);
  return hash.digest('hex');
}

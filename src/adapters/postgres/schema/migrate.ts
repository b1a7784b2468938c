import type { ClientBase } from 'pg';
import { sqlState } from '../errors.ts';
import { applyPolicies } from './apply-policies.ts';
import type { SchemaFile, SchemaFiles } from './files.ts';
import { SchemaMismatch } from './mismatch.ts';
import { asOwner, inTransaction, record } from './steps.ts';

/** Any fixed number: one migrator at a time in one database. */
const migrationLock = 7_205_759_403;

/**
 * Brings the database up to `files`: roles, migrations in order (each in one transaction, recorded with its SHA-256),
 * then the policies that changed. Does nothing when all is there. Throws `SchemaMismatch` when a migration that was
 * applied has changed since, or is not known here.
 */
export async function migrate(client: ClientBase, files: SchemaFiles): Promise<void> {
  await client.query(`select pg_advisory_lock(${migrationLock})`);
  try {
    const applied = await appliedSteps(client);
    if (!applied) {
      await createRoles(client, files.roles.sql);
      await inTransaction(client, files.bookkeeping.sql);
    }
    const steps = applied ?? new Map<string, string>();
    refuseMismatch(files.migrations, steps);
    for (const file of files.migrations) {
      if (!steps.has(file.path)) await inTransaction(client, asOwner(file.sql), record(file));
    }
    await applyPolicies(client, files.policies, steps);
  } finally {
    await client.query(`select pg_advisory_unlock(${migrationLock})`);
  }
}

/** Path to SHA-256 of everything applied; null for a database without our tables. */
async function appliedSteps(client: ClientBase): Promise<Map<string, string> | null> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('public.schema_step') is not null as there",
  );
  if (!rows[0]?.there) return null;
  await client.query('begin; set local role tansiq_owner');
  const steps = await client.query<{ path: string; sha256: string }>('select path, sha256 from schema_step');
  await client.query('commit');
  return new Map(steps.rows.map(({ path, sha256 }) => [path, sha256]));
}

function refuseMismatch(migrations: readonly SchemaFile[], steps: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map((file) => [file.path, file]));
  let missing: string | null = null;
  for (const { path, sha256 } of migrations) {
    const applied = steps.get(path);
    if (applied === undefined) missing ??= path;
    else if (applied !== sha256) {
      throw new SchemaMismatch(`db/${path} was applied to this database and has changed since: write a new migration`);
    } else if (missing) {
      throw new SchemaMismatch(
        `db/${missing} is older than db/${path}, which is already applied: give it a new number`,
      );
    }
  }
  for (const path of steps.keys()) {
    if (path.startsWith('migrations/') && !known.has(path)) {
      throw new SchemaMismatch(`the database has db/${path}, which this version does not know: start a newer version`);
    }
  }
}

async function createRoles(client: ClientBase, sql: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await inTransaction(client, sql);
      break;
    } catch (error) {
      // Roles belong to the cluster: another database of it may be creating them at this moment
      const state = sqlState(error);
      if (attempt >= 10 || (state !== '42710' && state !== '23505' && state !== 'XX000')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

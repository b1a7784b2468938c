import pg from 'pg';
import { readSchemaFiles } from '../schema/files.ts';
import { migrate } from '../schema/migrate.ts';
import type { Sessions } from '../sessions.ts';
import { columnValues } from '../values.ts';

export interface ServerLimits {
  readonly sessionsMax: number;
  readonly connectMsMax: number;
  readonly statementMsMax: number;
  readonly idleInTransactionMsMax: number;
}
export const serverLimits: ServerLimits = {
  sessionsMax: 10,
  connectMsMax: 10_000,
  statementMsMax: 30_000,
  idleInTransactionMsMax: 60_000,
};

/**
 * A pool of sessions on a PostgreSQL server (15 and up). `ownerUrl` migrates, `url` runs: a login without rights of its
 * own. Each session starts as tansiq_session, so that outside a transaction with an actor nothing can be read.
 */
export async function serverSessions(url: string, ownerUrl: string, limits: ServerLimits): Promise<Sessions> {
  await migrateServer(url, ownerUrl, limits);
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.sessionsMax,
    connectionTimeoutMillis: limits.connectMsMax,
    types: columnValues,
    options: [
      '-c role=tansiq_session',
      '-c timezone=UTC',
      '-c client_encoding=UTF8',
      '-c datestyle=ISO',
      '-c bytea_output=hex',
      // Policies make plans of many small parts: compiling them takes seconds and saves none
      '-c jit=off',
      `-c statement_timeout=${limits.statementMsMax}`,
      `-c idle_in_transaction_session_timeout=${limits.idleInTransactionMsMax}`,
    ].join(' '),
    application_name: 'tansiq',
  });
  // A connection that breaks while idle leaves the pool by itself; the next transaction gets another
  pool.on('error', () => undefined);
  return {
    async lease() {
      const client = await pool.connect();
      const onError = () => undefined;
      client.on('error', onError);
      return {
        client,
        release(broken) {
          client.off('error', onError);
          client.release(broken);
        },
      };
    },
    close: () => pool.end(),
  };
}

async function migrateServer(url: string, ownerUrl: string, limits: ServerLimits): Promise<void> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: limits.connectMsMax,
    types: columnValues,
    options: '-c timezone=UTC -c client_min_messages=warning',
  });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    await migrate(owner, await readSchemaFiles());
    await letLoginBecomeSession(owner, url);
  } finally {
    await owner.end();
  }
}

/** SQLSTATE 23505. */
const uniqueViolation = '23505';

/** The login of `url` may become tansiq_session and what that may become; nothing of it is inherited. */
async function letLoginBecomeSession(owner: pg.Client, url: string): Promise<void> {
  const login = new pg.Client({ connectionString: url }).user;
  if (!login) throw new Error('the database url names no user');
  const { rows } = await owner.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  // Since PostgreSQL 16 membership alone does not allow `set role`
  const sixteen = (rows[0]?.version ?? 0) >= 160_000;
  const may = await owner.query<{ become: boolean }>(`select pg_has_role($1, 'tansiq_session', $2) as become`, [
    login,
    sixteen ? 'set' : 'member',
  ]);
  if (may.rows[0]?.become) return;
  const how = sixteen ? ' with inherit false, set true' : '';
  try {
    await owner.query(`grant tansiq_session to ${pg.escapeIdentifier(login)}${how}`);
  } catch (error) {
    // Roles belong to the whole cluster, and no lock of one database holds the others: another node has just granted it
    if (!(error instanceof pg.DatabaseError) || error.code !== uniqueViolation) throw error;
  }
}

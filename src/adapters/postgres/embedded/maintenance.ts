import type { ClientBase } from 'pg';

export interface MaintenanceLimits {
  readonly everyMs: number;
}
export const maintenanceLimits: MaintenanceLimits = { everyMs: 5 * 60_000 };

/**
 * The embedded PostgreSQL runs as a single process: no checkpointer, no autovacuum. Without these its log would grow
 * until the next restart and every recovery would read all of it; and deleted rows would never make room.
 * One statement a call, so that officers wait for one and not for all: a checkpoint, then the table that needs it most.
 */
export async function maintain(client: ClientBase): Promise<void> {
  // `reset` knows no earlier user here: a single-user session never logged in
  await client.query('set session authorization postgres');
  try {
    await client.query('checkpoint');
    const { rows } = await client.query<{ table: string }>(tableInNeed);
    if (rows[0]) await client.query(`vacuum (analyze) ${rows[0].table}`);
  } finally {
    await client.query('set session authorization tansiq_session');
  }
}

/** The thresholds of autovacuum's defaults, and a third of the way to transaction id wraparound. */
const tableInNeed = `
  select format('%I.%I', s.schemaname, s.relname) as table
  from pg_stat_user_tables s join pg_class c on c.oid = s.relid
  where s.n_dead_tup > 50 + 0.2 * c.reltuples
     or s.n_mod_since_analyze > 50 + 0.1 * c.reltuples
     or age(c.relfrozenxid) > 700000000
  order by age(c.relfrozenxid) > 700000000 desc, s.n_dead_tup desc, s.n_mod_since_analyze desc
  limit 1`;

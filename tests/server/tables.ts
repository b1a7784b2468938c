/** What really stands in a node's tables, seen past every policy: only where the test has its own PostgreSQL server. */
import pg from 'pg';
import { expect } from 'vitest';

/** As the owner of the cluster, whom no policy binds: every table of the node. */
async function open(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  return client;
}

/** Tables with a row in which one of these texts stands, as text or as bytes. */
export async function placesOf(ownerUrl: string, needles: readonly string[]): Promise<string[]> {
  const client = await open(ownerUrl);
  const { rows: tables } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  expect(tables.length).toBeGreaterThan(25);
  const found: string[] = [];
  for (const { name } of tables) {
    const patterns = needles.flatMap((needle) => [needle, Buffer.from(needle).toString('hex')]);
    const { rows } = await client.query(
      `select 1 from ${name} t, unnest($1::text[]) needle where position(needle in t::text) > 0 limit 1`,
      [patterns],
    );
    if (rows.length > 0) found.push(name);
  }
  await client.end();
  return found;
}

/** `queued`, `sent` …; undefined where it was never released. */
export async function stateOfRelease(ownerUrl: string, record: string): Promise<string | undefined> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<{ state: string }>('select state from release where record_id = $1', [record]);
  await client.end();
  return rows[0]?.state;
}

export async function encodedOf(ownerUrl: string, record: string): Promise<string[]> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<{ encoded: string }>(
    `select d.encoded from disclosure d join record_revision r on r.hash = d.hash
     where r.record_id = $1 and (d.path = 'title' or d.path like 'portions/%')`,
    [record],
  );
  await client.end();
  return rows.map(({ encoded }) => encoded);
}

export async function skipped(ownerUrl: string, record: string): Promise<number[]> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<{ revision: number }>(
    'select revision from skipped_revision where record_id = $1 order by 1',
    [record],
  );
  await client.end();
  return rows.map(({ revision }) => revision);
}

/** Each signed revision that is held, and whether anything of it is disclosed. */
export async function chainOf(ownerUrl: string, record: string): Promise<[number, boolean][]> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<{ revision: number; disclosed: boolean }>(
    `select revision, exists (select 1 from disclosure d where d.hash = r.hash) as disclosed
     from record_revision r where record_id = $1 and length(jwt) > 100 order by revision`,
    [record],
  );
  await client.end();
  return rows.map(({ revision, disclosed }) => [revision, disclosed]);
}

export interface JournalRow {
  readonly seq: number;
  readonly actorKind: string;
  readonly actor: string | null;
  readonly act: string;
  readonly record: string | null;
}
export async function journalAfter(ownerUrl: string, seq: number): Promise<JournalRow[]> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<JournalRow>(
    `select seq::int, actor_kind as "actorKind", actor, act, record_id as record from journal where seq > $1 order by seq`,
    [seq],
  );
  await client.end();
  return rows;
}

/** One record of each kind, whose it is, state and status that stands in a node. */
export async function recordsOfEachKind(ownerUrl: string): Promise<{ record: string; is: string }[]> {
  const client = await open(ownerUrl);
  const { rows } = await client.query<{ record: string; is: string }>(
    `select min(h.record_id::text) as record, concat_ws(' ', case when s.is_self then 'own' else 'their' end, h.state, r.status, h.kind) as is
     from record_head h join record_revision r on r.hash = h.hash join service s on s.id = h.origin
     group by 2 order by 2`,
  );
  await client.end();
  return rows;
}

/** How many rows each table has. */
export async function rowsOfEachTable(ownerUrl: string): Promise<Record<string, number>> {
  const client = await open(ownerUrl);
  const { rows: tables } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${name}`);
    counts[name] = rows[0]?.count ?? 0;
  }
  await client.end();
  return counts;
}

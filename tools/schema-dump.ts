/**
 * `node tools/schema-dump.ts` writes db/schema.sql: the schema as the database has it after all migrations and policies,
 * so that a review sees what a change comes to. Written from the catalogue, because pg_dump does not come with the
 * embedded database and differs from version to version.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import type { Database, Tx } from '#src/ports/database.ts';

/** The whole schema as text; the same for the same schema. */
export function dumpSchema(database: Database): Promise<string> {
  return database.asActor({ kind: 'node' }, async (tx) => {
    const parts = [
      '-- Written by tools/schema-dump.ts. Not run by anything: db/migrations and db/policies are.',
      ...(await tables(tx)),
      ...(await lines(tx, views)),
      ...(await lines(tx, functions)),
      (await lines(tx, triggers)).join('\n'),
      (await lines(tx, routineOwners)).join('\n'),
    ];
    return `${parts.join('\n\n')}\n`;
  });
}

async function tables(tx: Tx): Promise<string[]> {
  const names = await lines(tx, tableNames);
  const parts: string[] = [];
  for (const table of names) {
    const columns = await lines(tx, columnsOf(table));
    const constraints = await lines(tx, constraintsOf(table));
    const about = [
      `create table ${table} (\n  ${[...columns, ...constraints].join(',\n  ')}\n);`,
      ...(await lines(tx, indexesOf(table))),
      ...(await lines(tx, securityOf(table))),
      ...(await lines(tx, policiesOf(table))),
      ...(await lines(tx, grantsOn(table))),
    ];
    parts.push(about.join('\n'));
  }
  return parts;
}

interface Line {
  readonly line: string;
}
async function lines(tx: Tx, query: RawBuilder<Line>): Promise<string[]> {
  return (await query.execute(tx)).rows.map(({ line }) => line);
}

const tableNames = sql<Line>`
  select c.relname as line from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' order by 1`;

const columnsOf = (table: string) => sql<Line>`
  select concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then 'not null' end,
    case a.attidentity when 'a' then 'generated always as identity' end,
    'default ' || pg_get_expr(d.adbin, d.adrelid)) as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = ${`public.${table}`}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;

// Since PostgreSQL 18 `not null` is a constraint too; the columns say it already
const constraintsOf = (table: string) => sql<Line>`
  select format('constraint %s %s', conname, pg_get_constraintdef(oid)) as line
  from pg_constraint where conrelid = ${`public.${table}`}::regclass and contype in ('p', 'u', 'f', 'c')
  order by array_position('{p,u,f,c}', contype::text), conname`;

const indexesOf = (table: string) => sql<Line>`
  select pg_get_indexdef(i.indexrelid) || ';' as line
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = ${`public.${table}`}::regclass
    and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
  order by c.relname`;

const securityOf = (table: string) => sql<Line>`
  select format('-- owner %s; row-level security %s, %s', r.rolname,
    case when c.relrowsecurity then 'enabled' else 'OFF' end,
    case when c.relforcerowsecurity then 'forced' else 'NOT FORCED' end) as line
  from pg_class c join pg_roles r on r.oid = c.relowner where c.oid = ${`public.${table}`}::regclass`;

const policiesOf = (table: string) => sql<Line>`
  select concat(format('create policy %s on %s for %s to %s', policyname, tablename, lower(cmd), array_to_string(roles, ', ')),
    E'\n  using (' || regexp_replace(qual, '\\s+', ' ', 'g') || ')',
    E'\n  with check (' || regexp_replace(with_check, '\\s+', ' ', 'g') || ')', ';') as line
  from pg_policies where schemaname = 'public' and tablename = ${table} order by roles::text, policyname`;

const grantsOn = (table: string) => sql<Line>`
  with granted as (
    select a.grantee, lower(a.privilege_type) as privilege, null::text as attname, 0 as attnum
    from pg_class c, lateral aclexplode(c.relacl) a where c.oid = ${`public.${table}`}::regclass and a.grantee <> c.relowner
    union all
    select a.grantee, lower(a.privilege_type), t.attname, t.attnum
    from pg_attribute t, lateral aclexplode(t.attacl) a where t.attrelid = ${`public.${table}`}::regclass
  ), each as (
    select coalesce(r.rolname, 'public') as role,
      case when bool_and(attname is null) then privilege
        else format('%s (%s)', privilege, string_agg(attname, ', ' order by attnum)) end as right
    from granted g left join pg_roles r on r.oid = g.grantee group by role, privilege, attname is null
  )
  select format('grant %s on %s to %s;', string_agg("right", ', ' order by "right"), ${table}::text, role) as line
  from each group by role order by role`;

const views = sql<Line>`
  select format(E'create view %s.%s as\n%s\n-- owner %s; select to %s', n.nspname, c.relname, pg_get_viewdef(c.oid, true), o.rolname,
    (select string_agg(r.rolname, ', ' order by r.rolname) from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
      where a.privilege_type = 'SELECT' and a.grantee <> c.relowner)) as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles o on o.oid = c.relowner
  where n.nspname in ('public', 'gate') and c.relkind = 'v' order by n.nspname, c.relname`;

const functions = sql<Line>`
  select trim(both E'\n' from pg_get_functiondef(p.oid)) || ';' as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'gate') order by p.proname`;

const triggers = sql<Line>`
  select pg_get_triggerdef(t.oid) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and not t.tgisinternal
  order by c.relname, t.tgname`;

const routineOwners = sql<Line>`
  select format('-- function %s: owner %s', p.proname, r.rolname) as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
  where n.nspname in ('public', 'gate') order by p.proname`;

export const schemaFile = new URL('../db/schema.sql', import.meta.url);

if (import.meta.main) {
  const home = await mkdtemp(join(tmpdir(), 'tansiq-schema-'));
  try {
    const { database } = await openPostgres({ home });
    await writeFile(schemaFile, await dumpSchema(database));
    await database.close();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

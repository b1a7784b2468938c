/** Asks the database what each principal reads and may write, and compares it with what the rules say. */
import type { Client } from 'pg';
import { type Attempt, firstOfficers } from './attempts.ts';
import type { World } from './names.ts';
import { become, type Principal } from './principals.ts';
import type { Rules, TableReaders } from './readers.ts';

/** Two helpers that run with the rights of whoever calls them; an attempt leaves nothing behind, whatever it did. */
export const helpers = `
create schema asked;
grant usage on schema asked to public;
create function asked.rows(tbl text, key text) returns text language plpgsql as $$
declare found text;
begin
  execute format('select coalesce(string_agg(k, E''\\n'' order by k collate "C"), '''') from (select %s as k from %I) x', key, tbl) into found;
  return found;
exception when insufficient_privilege then
  return 'no right';
end $$;
create function asked.attempt(statement text) returns text language plpgsql as $$
declare done integer;
begin
  execute statement;
  get diagnostics done = row_count;
  raise exception using errcode = 'AA000', message = case when done > 0 then 'done' else 'nothing' end;
exception
  when sqlstate 'AA000' then return sqlerrm;
  when insufficient_privilege then return 'refused';
  when unique_violation then return 'not unique';
  when others then return sqlerrm;
end $$;`;

/** What differs from the rules, in words; stops after \`most\`. Runs in the transaction that is open. */
export async function differences(
  client: Client,
  world: World,
  { readers, disclosuresAlone }: Rules,
  principals: readonly Principal[],
  attempts: readonly Attempt[],
  most: number,
): Promise<string[]> {
  const found = await setUpDifferences(client);
  const expected = expectations(world, readers);
  const tables = Object.keys(readers);
  for (const principal of principals) {
    if (found.length >= most) return found;
    await client.query(become(principal));
    found.push(...(await whoAsks(client, principal)));
    const { rows } = await client.query<{ table: string; keys: string }>(
      `select t."table", asked.rows(t."table", t.key) as keys from unnest($1::text[], $2::text[]) t("table", key)`,
      [tables, tables.map((table) => readers[table]?.key)],
    );
    for (const { table, keys } of rows) {
      const rule = expected(principal, table);
      if (keys !== rule) found.push(`${principal.name} reads ${table}: ${compare(keys, rule)}`);
    }
    if (found.length < most && attempts.length > 0) {
      const { rows: outcomes } = await client.query<{ n: string; outcome: string }>(
        `select t.n, asked.attempt(t.statement) as outcome from unnest($1::text[]) with ordinality t(statement, n) order by 1`,
        [attempts.map(({ statement }) => statement(principal))],
      );
      for (const [at, { outcome }] of outcomes.entries()) {
        const attempt = attempts[at] as Attempt;
        const rule = attempt.outcome(principal);
        if (outcome !== rule) found.push(`${principal.name} ${attempt.name}: ${outcome}, by the rules ${rule}`);
      }
    }
    await client.query('reset role');
  }
  if (found.length >= most) return found;
  return [...found, ...(await aloneDifferences(client, world, disclosuresAlone, principals))];
}

/** What the policies stand on: who asks, which must hold by itself where several clauses look at it. */
async function whoAsks(client: Client, { name, actor, officer }: Principal): Promise<string[]> {
  if (actor.kind !== 'officer') return [];
  const { rows } = await client.query<{ told: unknown }>(`select jsonb_build_object('role', app_role(), 'clearance',
    app_clearance(), 'compartments', app_compartments(), 'desks', (select array_agg(d order by d) from unnest(app_desks()) d)) as told`);
  const rule = {
    role: officer?.role ?? null,
    clearance: officer?.clearance ?? null,
    compartments: officer?.compartments ?? null,
    desks: officer && officer.desks.length > 0 ? [...officer.desks].sort() : null,
  };
  const told = (rows[0]?.told ?? {}) as { readonly [of: string]: unknown };
  const differs = Object.entries(rule).filter(([of, value]) => JSON.stringify(told[of]) !== JSON.stringify(value));
  return differs.map(([of]) => `${name} is told a wrong ${of}`);
}

/**
 * Disclosures are decided on after their record. So that neither guard hides that the other is missing, their policies are
 * asked a second time where everybody reads every record.
 */
async function aloneDifferences(
  client: Client,
  world: World,
  readers: Rules['disclosuresAlone'],
  principals: readonly Principal[],
): Promise<string[]> {
  const found: string[] = [];
  await client.query(`savepoint alone;
    create policy everybody on record_revision for select to tansiq_officer, tansiq_partner using (true)`);
  const expected = expectations(world, readers);
  const key = readers['disclosure']?.key;
  for (const principal of principals) {
    if (principal.actor.kind !== 'officer' && principal.actor.kind !== 'partner') continue;
    await client.query(become(principal));
    const { rows } = await client.query<{ keys: string }>(`select asked.rows('disclosure', $1) as keys`, [key]);
    const rule = expected(principal, 'disclosure');
    if (rows[0]?.keys !== rule)
      found.push(`${principal.name} reads disclosures alone: ${compare(rows[0]?.keys ?? '', rule)}`);
    await client.query('reset role');
    if (found.length > 0) break;
  }
  await client.query('rollback to savepoint alone');
  return found;
}

/** The sign-in makes the first officer, an administrator, and no other. */
async function setUpDifferences(client: Client): Promise<string[]> {
  await client.query(`savepoint set_up; set local session_replication_role = replica; delete from officer;
    set local session_replication_role = origin; set local role tansiq_sign_in`);
  const found: string[] = [];
  for (const { statement, outcome } of firstOfficers) {
    const { rows } = await client.query<{ outcome: string }>('select asked.attempt($1) as outcome', [statement]);
    if (rows[0]?.outcome !== outcome) found.push(`the sign-in, before any officer: ${rows[0]?.outcome}`);
  }
  await client.query('rollback to savepoint set_up');
  return found;
}

/** What each principal should read of each table, worked out once. */
function expectations(world: World, readers: { readonly [table: string]: TableReaders }) {
  const known = cache.get(readers) ?? new Map<string, string>();
  cache.set(readers, known);
  return (principal: Principal, table: string): string => {
    const name = `${principal.name} ${table}`;
    let rule = known.get(name);
    if (rule === undefined) {
      rule = ruleFor(world, readers[table] as TableReaders, principal, table);
      known.set(name, rule);
    }
    return rule;
  };
}
const cache = new WeakMap<object, Map<string, string>>();

function ruleFor(world: World, readers: TableReaders, { actor, ...of }: Principal, table: string): string {
  const principal = { actor, ...of };
  const may =
    actor.kind === 'officer'
      ? readers.officer?.(principal)
      : actor.kind === 'partner'
        ? readers.partner?.(actor.service)
        : actor.kind === 'node'
          ? readers.node && (() => true)
          : readers['sign-in'];
  if (may === undefined) return 'no right';
  return (world[table] ?? []).filter(may).map(readers.keyOf).sort(byCodePoint).join('\n');
}

const byCodePoint = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

function compare(seen: string, rule: string): string {
  if (seen === 'no right' || rule === 'no right') return `${seen.slice(0, 40)}, by the rules ${rule.slice(0, 40)}`;
  const [has, should] = [new Set(seen.split('\n')), new Set(rule.split('\n'))];
  const [tooMuch, missing] = [has.difference(should), should.difference(has)];
  const some = (rows: Set<string>) => [...rows].slice(0, 3).join(', ');
  return `${tooMuch.size} too many (${some(tooMuch)}), ${missing.size} missing (${some(missing)})`;
}

import { type Insertable, type RawBuilder, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { Tables } from '#src/ports/tables.ts';

type ColumnType = 'text' | 'uuid' | 'integer' | 'smallint' | 'timestamptz' | 'date' | 'jsonb' | 'bytea' | 'text[]';
type Value = string | number | Date | Uint8Array | readonly string[] | null;

/**
 * Rows of one table in one statement with one parameter for each column, however many they are: a batch brings hundreds of
 * records with thousands of disclosures, and a parameter for each value takes three times as long. In their order.
 *
 * @param onConflict what happens to a row that is there already; by default it is an error.
 * @returns how many rows were inserted or updated.
 */
export async function insertRows<T extends keyof Tables, R extends Insertable<Tables[T]>>(
  tx: Tx,
  table: T,
  types: { readonly [C in keyof R & string]: ColumnType },
  rows: readonly R[],
  onConflict: RawBuilder<unknown> = sql``,
): Promise<number> {
  if (rows.length === 0) return 0;
  const columns = Object.entries(types) as [keyof R & string, ColumnType][];
  const names = sql.join(columns.map(([name]) => sql.ref(name)));
  const read = sql.join(columns.map(([name, type]) => sql`${sql.ref(`new.${name}`)}::${sql.raw(type)}`));
  const lists = sql.join(columns.map(([name]) => listOf(rows.map((row) => textOf(row[name] as Value)))));
  const { numAffectedRows = 0n } = await sql`insert into ${sql.table(table)} (${names})
    select ${read} from unnest(${lists}) as new (${names}) ${onConflict}`.execute(tx);
  return Number(numAffectedRows);
}

/** Lines of one text are read several times faster than a list; a list carries what lines cannot. */
function listOf(values: readonly (string | null)[]): RawBuilder<string[]> {
  const text = values.some((value) => value === null || value.includes('\n')) ? '' : values.join('\n');
  return text === '' ? sql`${values}::text[]` : sql`string_to_array(${text}, E'\\n')`;
}

/** As PostgreSQL reads it. */
function textOf(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return `{${value.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

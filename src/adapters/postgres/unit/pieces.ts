import { type RawBuilder, sql } from 'kysely';

/** Rows of one statement: a statement takes 65 535 parameters at most, and the widest table has fewer than 30 columns. */
const rowsMax = 1_000;

export function* inPieces<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += rowsMax) yield rows.slice(from, from + rowsMax);
}

/** Whether the column holds one of these, as one parameter however many they are. */
export function isIn(column: string, values: readonly string[], type: 'text' | 'uuid' = 'text'): RawBuilder<boolean> {
  const list = type === 'uuid' ? sql`${values}::uuid[]` : sql`${values}::text[]`;
  return sql<boolean>`${sql.ref(column)} = any(${list})`;
}

/**
 * A column of many rows as one parameter, of one line for each: read several times faster than a list or JSON. For what can
 * hold no line break: base64url, JSON, and words of our own.
 */
export function columnOf(lines: readonly string[]): RawBuilder<string[]> {
  if (lines.some((line) => line.includes('\n'))) throw new Error('a line break within a line');
  return sql`string_to_array(${lines.join('\n')}, E'\\n')`;
}

/** A list as PostgreSQL writes it, for a column of lists: an array of arrays would have to be of one length. */
export function listLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

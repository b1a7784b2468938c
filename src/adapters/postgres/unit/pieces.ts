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

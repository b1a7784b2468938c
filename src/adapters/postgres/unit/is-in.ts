import { type RawBuilder, sql } from 'kysely';

/** Whether the column holds one of these, as one parameter however many they are. */
export function isIn(column: string, values: readonly string[], type: 'text' | 'uuid' = 'text'): RawBuilder<boolean> {
  const list = type === 'uuid' ? sql`${values}::uuid[]` : sql`${values}::text[]`;
  return sql<boolean>`${sql.ref(column)} = any(${list})`;
}

import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';

/** Until `tx` ends, whoever else asks for the same `what` waits: two who read before they write do not overtake each other. */
export async function oneAtATime(tx: Tx, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(tx);
}

import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';

export function linkWords(tx: Tx): Pick<StoreUnit, 'link' | 'saveLink' | 'noteContact' | 'clockAhead' | 'noteClock'> {
  return {
    async link(peer) {
      // The row lock alone would not hold back a second unit while the row does not exist yet
      await sql`select pg_advisory_xact_lock(hashtextextended(${`link ${peer}`}, 0))`.execute(tx);
      const row = await tx.selectFrom('link').select('state').where('peer', '=', peer).executeTakeFirst();
      return row?.state ?? null;
    },

    async saveLink(state) {
      const json = JSON.stringify(state);
      await tx
        .insertInto('link')
        .values({
          peer: state.peer,
          state: json,
          next_attempt_at: null,
          last_contact_at: null,
          last_failure_at: null,
          last_failure: null,
        })
        .onConflict((conflict) => conflict.column('peer').doUpdateSet({ state: json }))
        .execute();
    },

    async noteContact(peer, { at, failure, nextAttemptAt }) {
      await tx
        .updateTable('link')
        .set({
          next_attempt_at: nextAttemptAt === null ? null : new Date(nextAttemptAt),
          ...(failure === null
            ? { last_contact_at: new Date(at) }
            : { last_failure_at: new Date(at), last_failure: failure }),
        })
        .where('peer', '=', peer)
        .execute();
    },

    async clockAhead(peer) {
      const row = await tx.selectFrom('link').select('clock_ahead_ms').where('peer', '=', peer).executeTakeFirst();
      return row?.clock_ahead_ms ?? null;
    },

    async noteClock(peer, aheadMs) {
      await tx.updateTable('link').set({ clock_ahead_ms: aheadMs }).where('peer', '=', peer).execute();
    },
  };
}

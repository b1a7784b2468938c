/** A partner's keys by its own statements, and the end of trust in it (KEY-1). */
import { keptStatements } from '#src/engine/kept-keys.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import { newest } from '#src/protocol/identity/take-statement.ts';
import type { Primitives } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import type { keys } from '../contract.ts';
import { keyViews } from './views.ts';

export interface PartnerKeysDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: { readonly primitives: Primitives };
}

export function partnerKeyRoutes({
  database,
  signing,
}: PartnerKeysDeps): Pick<Handlers<typeof keys>, 'getPartnerKeys'> {
  return {
    async getPartnerKeys({ params }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        const row = await tx
          .selectFrom('service')
          .select('added_at')
          .where('id', '=', params.id)
          .where('is_self', '=', false)
          .executeTakeFirst();
        const kept = row && (await keptStatements(database.unit(tx), params.id, signing.primitives));
        if (!kept) return refuse('not-found');
        return { version: newest(kept).version, keys: keyViews(kept, row.added_at.getTime()) };
      });
    },
  };
}

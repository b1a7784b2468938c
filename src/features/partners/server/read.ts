import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import { ownCard } from '../../own-card.ts';
import type { partners } from '../contract.ts';
import { partnerView, partnerViews } from './partner-view.ts';

export interface PartnerReadDeps {
  readonly database: Database;
  readonly clock: Clock;
}

type ReadRoutes = Pick<Handlers<typeof partners>, 'ownCard' | 'listPartners' | 'getPartner'>;

/** Every officer may know the partners: whoever writes a report must be able to name its recipients. */
export function partnerReadRoutes({ database, clock }: PartnerReadDeps): ReadRoutes {
  const viewOfOne = partnerView(clock);
  return {
    async ownCard(_input, caller) {
      const row = await database.asActor(caller.actor, (tx) => ownCard(tx));
      if (row === undefined) return refuse('not-found');
      const { id, code, names, url, card } = row;
      return { card, service: { id, code, names }, url, spoken: spokenFingerprint(id) };
    },

    listPartners(_input, caller) {
      return database.asActor(caller.actor, (tx) => partnerViews(tx, caller, clock));
    },

    getPartner({ params }, caller) {
      return database.asActor(caller.actor, (tx) => viewOfOne(tx, params.id, caller));
    },
  };
}

import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { flagsOf } from '../../citation-flags.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { nameResolved } from '../../resolving.ts';
import type { corrections } from '../contract.ts';
import { correctionViews } from './board.ts';
import type { CorrectionDeps } from './change.ts';
import { citationFlags } from './citation-flags.ts';
import { holderViews } from './holders.ts';

type ReadRoutes = Pick<
  Handlers<typeof corrections>,
  'listHolders' | 'listCorrections' | 'listCitationFlags' | 'reviewCitation'
>;

export function readRoutes(deps: CorrectionDeps): ReadRoutes {
  const { database, clock, signing } = deps;
  const self = signing.keyring.identity.service;

  /** Not visible and not there are the same answer. Also of a quarantined record, which is asked for by its id here. */
  function of<T>(record: RecordId, caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T | Refusal> {
    return database.asActor(caller.actor, async (tx) => {
      await nameResolved(database, tx, record);
      const head = await tx
        .selectFrom('record_head')
        .select('origin')
        .where('record_id', '=', record)
        .executeTakeFirst();
      return head === undefined ? refuse('not-found') : work(tx);
    });
  }

  return {
    listHolders: ({ params }, caller) => of(params.id, caller, (tx) => holderViews(tx, params.id)),

    listCorrections: ({ params }, caller) =>
      of(params.id, caller, (tx) => {
        const today = new Date(clock.now()).toISOString().slice(0, 10);
        return correctionViews(tx, params.id, { officer: caller.officer, self, today });
      }),

    listCitationFlags: ({ params }, caller) => of(params.id, caller, (tx) => citationFlags(tx, params.id)),

    async reviewCitation(input, caller) {
      const { params, body } = input;
      const at = clock.now();
      const review = async (tx: Tx) => {
        const flag = (await flagsOf(tx, params.id)).find(({ cited_record }) => cited_record === body.cited);
        if (flag === undefined) return refuse('not-found');
        if (flag.decision !== null) return refuse('already-decided');
        await tx
          .insertInto('citation_review')
          .values({
            citing_record: params.id,
            cited_record: body.cited,
            cited_hash: flag.cited_hash,
            decision: 'stands',
            reason: body.reason,
            officer: caller.officer.id,
            reviewed_at: new Date(at),
          })
          .execute();
        await database.unit(tx).appendJournal({
          at,
          actorKind: 'officer',
          actor: caller.officer.id,
          act: 'citation.reviewed',
          record: params.id,
          hash: flag.cited_hash,
          service: null,
          reason: body.cited,
        });
        return citationFlags(tx, params.id);
      };
      const here = { at, primitives: signing.primitives, database };
      const reviewed = await database.asActor(caller.actor, (tx) => once(tx, caller, input, here, () => review(tx)));
      for (const topic of ['inbox', 'records'] as const) deps.announce(topic);
      return reviewed;
    },
  };
}

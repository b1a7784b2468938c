import { remind } from '#src/engine/remind.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import type { corrections } from '../contract.ts';
import { asNode } from './as-node.ts';
import type { CorrectionDeps } from './change.ts';

type RemindRoutes = Pick<Handlers<typeof corrections>, 'remindOfCorrection'>;

export function remindRoutes(deps: CorrectionDeps): RemindRoutes {
  const { database, signing, sealer } = deps;
  return {
    async remindOfCorrection(input, caller) {
      const at = deps.clock.now();
      const { id } = input.params;
      const wake: string[] = [];
      const done = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          const own = await tx
            .selectFrom('correction')
            .innerJoin('service', 'service.id', 'correction.origin')
            .select('correction.hash')
            .where('correction.record_id', '=', id)
            .where('service.is_self', '=', true)
            .executeTakeFirst();
          if (!own) return refuse('not-found');
          const unit = database.unit(tx);
          const reminded = await asNode(database, tx, caller, () => remind(unit, id, { ...signing, sealer, at }));
          if (isRefusal(reminded)) return reminded;
          // Everyone has answered, or cannot be reached: the board offers no reminder.
          if (reminded.reminded === 0) return refuse('already-decided');
          await unit.appendJournal({
            at,
            actorKind: 'officer',
            actor: caller.officer.id,
            act: 'correction.reminder',
            record: id,
            hash: own.hash,
            service: null,
            reason: null,
          });
          wake.push(...reminded.wake);
          return { reminded: reminded.reminded };
        }),
      );
      for (const peer of wake) deps.wake(peer);
      deps.announce('records');
      return done;
    },
  };
}

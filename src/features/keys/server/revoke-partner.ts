/** KEY-1: the end of trust in a partner. Nothing more goes to it, and nothing that it sends is taken. */
import type { Signing } from '#src/engine/deps.ts';
import { revokePermissionsNaming } from '#src/engine/permissions.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Sealer } from '#src/ports/keyring.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import { refusedPartnerAct } from '../../partner-acts.ts';
import type { keys } from '../contract.ts';

export interface RevokePartnerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly sealer: Sealer;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

export function revokePartnerRoutes(deps: RevokePartnerDeps): Pick<Handlers<typeof keys>, 'revokePartner'> {
  const { database, clock, announce } = deps;
  return {
    async revokePartner(input, caller) {
      const { params, body } = input;
      const reason = body.reason.trim();
      if (reason === '') return refuse('reason-missing', { at: '/reason' });
      const at = clock.now();
      let wake: readonly ServiceId[] = [];
      const revoke = async (tx: Tx): Promise<{ revokedAt: string; permissionsRevoked: number } | Refusal> => {
        await oneAtATime(tx, `trust in ${params.id}`);
        const refused = await refusedPartnerAct(tx, 'revoke', params.id, caller.officer.role);
        if (refused !== null) return refused;
        await tx
          .updateTable('service')
          .set({ revoked_at: new Date(at) })
          .where('id', '=', params.id)
          .execute();
        const revokedAt = new Date(at).toISOString();
        const by = { actorKind: 'officer', actor: caller.officer.id } as const;
        const line = { at, ...by, act: 'partner.revoked', record: null, hash: null, service: params.id, reason };
        await database.unit(tx).appendJournal(line);
        // Told to whoever else it names: a relay stops at once, and one that hears nothing when the permission expires.
        const fallen = await database.switchActor(tx, { kind: 'node' }, caller.actor, () =>
          revokePermissionsNaming(database.unit(tx), params.id, { ...deps.signing, sealer: deps.sealer, at }),
        );
        wake = [params.id, ...fallen.wake];
        return { revokedAt, permissionsRevoked: fallen.revoked };
      };
      const here = { at, primitives: deps.signing.primitives, database };
      const done = await database.asActor(caller.actor, (tx) => once(tx, caller, input, here, () => revoke(tx)));
      if (isRefusal(done)) return done;
      for (const service of wake) deps.wake(service);
      announce('partners');
      announce('inbox');
      return done;
    },
  };
}

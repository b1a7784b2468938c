/** KEY-1: the end of trust in a partner. Nothing more goes to it, and nothing that it sends is taken. */
import { sql } from 'kysely';
import type { Signing } from '#src/engine/deps.ts';
import { revokePermissionsNaming } from '#src/engine/permissions.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Sealer } from '#src/ports/keyring.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import { may } from '../../abilities.ts';
import type { Announce, Handlers } from '../../handlers.ts';
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
    async revokePartner({ params, body }, caller) {
      if (!may(caller.officer.role, 'revoke-partner')) return refuse('not-allowed');
      const reason = body.reason.trim();
      if (reason === '') return refuse('reason-missing', { at: '/reason' });
      const at = clock.now();
      let wake: readonly ServiceId[] = [];
      const done = await database.asActor(caller.actor, async (tx) => {
        const revoked = await tx
          .updateTable('service')
          .set({ revoked_at: sql`coalesce(revoked_at, ${new Date(at)})` })
          .where('id', '=', params.id)
          .where('is_self', '=', false)
          .returning('revoked_at')
          .executeTakeFirst();
        if (!revoked?.revoked_at) return refuse('not-found');
        const revokedAt = revoked.revoked_at.toISOString();
        // Asked twice: it is revoked since the first time, and the permissions with it.
        if (revoked.revoked_at.getTime() !== at) return { revokedAt, permissionsRevoked: 0 };
        const by = { actorKind: 'officer', actor: caller.officer.id } as const;
        const line = { at, ...by, act: 'partner.revoked', record: null, hash: null, service: params.id, reason };
        await database.unit(tx).appendJournal(line);
        // Told to whoever else it names: a relay stops at once, and one that hears nothing when the permission expires.
        const fallen = await database.switchActor(tx, { kind: 'node' }, caller.actor, () =>
          revokePermissionsNaming(database.unit(tx), params.id, { ...deps.signing, sealer: deps.sealer, at }),
        );
        wake = [params.id, ...fallen.wake];
        return { revokedAt, permissionsRevoked: fallen.revoked };
      });
      if (isRefusal(done)) return done;
      for (const service of wake) deps.wake(service);
      announce('partners');
      announce('inbox');
      return done;
    },
  };
}

/** EXC-4: after a restore, and after a link stopped. What people decide; the engine carries it out. */
import type { Engine } from '#src/engine/engine.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { may } from '../../abilities.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { refusedPartnerAct } from '../../partner-acts.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { keys, RecoveryView } from '../contract.ts';

export interface RecoveryDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly announce: Announce;
  readonly recovery: Pick<Engine, 'resumeLink' | 'goOnAfterRestore'>;
}

type RecoveryRoutes = Pick<Handlers<typeof keys>, 'resumeLink' | 'getRecovery' | 'goOnAfterRestore'>;

export function recoveryRoutes(deps: RecoveryDeps): RecoveryRoutes {
  const { database, clock, announce } = deps;

  /** ACC-12: the officer's reason stands in the journal before anything is done. */
  async function giveReason(
    caller: Caller,
    act: string,
    service: ServiceId | null,
    reason: string,
  ): Promise<Refusal | null> {
    if (reason.trim() === '') return refuse('reason-missing', { at: '/reason' });
    const by = { actorKind: 'officer', actor: caller.officer.id } as const;
    const line = { at: clock.now(), ...by, act, record: null, hash: null, service, reason: reason.trim() };
    await database.asActor(caller.actor, (tx) => database.unit(tx).appendJournal(line));
    return null;
  }
  const view = (caller: Caller) => database.asActor(caller.actor, (tx) => recoveryView(tx, caller));

  return {
    async resumeLink({ params, body }, caller) {
      const refused = await database.asActor(caller.actor, (tx) =>
        refusedPartnerAct(tx, 'resume-link', params.id, caller.officer.role),
      );
      if (refused !== null) return refused;
      const stated = await giveReason(caller, 'link.resumed', params.id, body.reason);
      if (stated !== null) return stated;
      const resumed = await deps.recovery.resumeLink(params.id);
      if (isRefusal(resumed)) return resumed;
      announce('partners');
      return { status: resumed.status };
    },

    getRecovery(_, caller) {
      return view(caller);
    },

    async goOnAfterRestore({ body }, caller) {
      const { recovering } = await view(caller);
      if (recovering) {
        const stated = await giveReason(caller, 'recovery.gone-on', null, body.reason);
        if (stated !== null) return stated;
        await deps.recovery.goOnAfterRestore();
        announce('partners');
        announce('inbox');
      }
      return view(caller);
    },
  };
}

async function recoveryView(tx: Tx, caller: Caller): Promise<RecoveryView> {
  const open = await tx
    .selectFrom('recovery')
    .select(['id', 'began_at'])
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!open) return { recovering: false, since: null, partners: [], allowed: [] };
  const briefs = await serviceBriefs(tx);
  const asked = await tx
    .selectFrom('recovery_partner')
    .select(['peer', 'done_at', 'returned'])
    .where('recovery', '=', open.id)
    .orderBy('peer')
    .execute();
  return {
    recovering: true,
    since: open.began_at.toISOString(),
    partners: asked.map(({ peer, done_at, returned }) => ({ service: briefs(peer), done: done_at !== null, returned })),
    allowed: may(caller.officer.role, 'agree') ? ['go-on'] : [],
  };
}

import type { Handlers } from '#src/features/handlers.ts';
import type { OwnService } from '#src/features/service-briefs.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { demo as contract, Entrance } from '../contract.ts';

export interface Demo {
  /** Logins that sign in with one click. */
  readonly officers: readonly string[];
  readonly neighbours: Entrance['neighbours'];
  /** Moves the node's clock; null: real time. */
  setClock(now: UnixMs | null): void;
  /** Opens a session for one of `officers`; null where there is no such officer, or not any more. */
  signInAs(login: string): Promise<{ token: string; expiresAt: Date } | null>;
}

export interface DemoDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly self: () => OwnService | null;
  /** null: this is a real node, and the demo's routes are not there. */
  readonly demonstration: Demo | null;
}

export function demoRoutes({ database, clock, self, demonstration: demo }: DemoDeps): Handlers<typeof contract> {
  return {
    async entrance() {
      const service = self();
      return {
        demo: demo !== null,
        needsSetUp: service === null,
        // Which service runs a node here is not a stranger's business.
        service: demo === null || service === null ? null : { code: service.code, names: service.names },
        officers: demo === null ? [] : await readyMade(database, demo.officers),
        neighbours: demo === null ? [] : [...demo.neighbours],
      };
    },

    async demoSignIn({ body }, _nobody, visit) {
      const session = demo?.officers.includes(body.login) ? await demo.signInAs(body.login) : null;
      if (session === null) return refuse('not-found');
      visit.startSession(session.token, session.expiresAt);
      return { signedIn: true };
    },

    async demoSetClock({ body }) {
      if (demo === null) return refuse('not-found');
      const moment = body.now === null ? null : Date.parse(body.now);
      if (Number.isNaN(moment)) return refuse('input-invalid', { at: '/now' });
      demo.setClock(moment);
      return { now: new Date(clock.now()).toISOString() };
    },
  };
}

/** In the order in which the demo names them, for that is the order of its story. */
async function readyMade(database: Database, logins: readonly string[]): Promise<Entrance['officers']> {
  if (logins.length === 0) return [];
  const rows = await database.asActor({ kind: 'sign-in' }, (tx) =>
    tx
      .selectFrom('officer')
      .select(['login', 'display_name', 'role', 'language'])
      .where('login', 'in', logins)
      .where('disabled_at', 'is', null)
      .execute(),
  );
  return logins
    .map((login) => rows.find((row) => row.login === login))
    .filter((row) => row !== undefined)
    .map(({ login, display_name, role, language }) => ({ login, displayName: display_name, role, language }));
}

import { abilitiesOfRole } from '#src/features/abilities.ts';
import type { Caller, Handlers, SignedInOfficer } from '#src/features/handlers.ts';
import type { OwnService } from '#src/features/service-briefs.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Passphrases } from '#src/ports/passphrases.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { Me, session } from '../contract.ts';
import { changePassphrase, endSession, listSessions, type OwnAccountDeps } from './own-account.ts';
import { sessionLine } from './session-line.ts';
import { closeSession } from './sessions.ts';
import { signInWithPassphrase } from './sign-in.ts';
import type { SignInBrake } from './sign-in-brake.ts';

export interface SessionDeps extends OwnAccountDeps {
  readonly database: Database;
  /** The node's time, which the demo may move. */
  readonly clock: Clock;
  /** Real time: a session lasts no longer because a story does. */
  readonly sessionClock: Clock;
  readonly passphrases: Passphrases;
  readonly brake: SignInBrake;
  readonly self: () => OwnService | null;
  readonly demo: boolean;
}

export function sessionRoutes(deps: SessionDeps): Handlers<typeof session> {
  const me = (officer: SignedInOfficer): Me => meOf(officer, deps);
  return {
    async signIn({ body }, _nobody, visit) {
      const guess = { login: body.login, address: visit.address, device: visit.device(body.login) };
      const signedIn = await signInWithPassphrase(guess, body.passphrase, deps);
      if (isRefusal(signedIn)) {
        if (signedIn.code === 'sign-in-slowed') visit.retryAfter(signedIn.limit ?? 1);
        return signedIn;
      }
      visit.startSession(signedIn.session.token, signedIn.session.expiresAt);
      visit.knowDevice(body.login);
      return me(signedIn.officer);
    },

    async signOut(_input, caller, visit) {
      const token = visit.sessionToken;
      await deps.database.asActor({ kind: 'sign-in' }, async (tx) => {
        if (token === null || !(await closeSession(tx, token))) return;
        await deps.database.unit(tx).appendJournal(sessionLine('session.closed', caller.officer.id, deps.clock));
      });
      visit.endSession();
      return {};
    },

    async me(_input, caller) {
      return me(caller.officer);
    },

    changePassphrase: ({ body }, caller, visit) => changePassphrase(body, caller, visit, deps),
    listSessions: (_input, caller, visit) => listSessions(caller, visit, deps),
    endSession: ({ params }, caller, visit) => endSession(params.id, caller, visit, deps),

    async chooseLanguage({ body }, caller) {
      await chooseLanguage(deps.database, caller, body.language);
      return me({ ...caller.officer, language: body.language });
    },
  };
}

async function chooseLanguage(
  database: Database,
  caller: Caller,
  language: SignedInOfficer['language'],
): Promise<void> {
  await database.asActor(caller.actor, async (tx) => {
    await tx.updateTable('officer').set({ language }).where('id', '=', caller.officer.id).execute();
  });
}

function meOf(officer: SignedInOfficer, { self, demo, clock }: SessionDeps): Me {
  const service = self();
  if (service === null) throw new Error('an officer without a service');
  const { id, code, names } = service;
  const { login, displayName, role, clearance, language } = officer;
  return {
    officer: officer.id,
    login,
    displayName,
    role,
    clearance,
    compartments: [...officer.compartments],
    desks: [...officer.desks],
    language,
    service: { id, code, names },
    allowed: [...abilitiesOfRole(role)],
    demo,
    now: new Date(clock.now()).toISOString(),
  };
}

import { sql } from 'kysely';
import type { SignedInOfficer } from '#src/features/handlers.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Passphrases } from '#src/ports/passphrases.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { type Attempts, attemptLimits } from './attempts.ts';
import { sessionLine } from './session-line.ts';
import { type NewSession, openSession } from './sessions.ts';

export interface SignInDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessionClock: Clock;
  readonly passphrases: Passphrases;
}
export interface SignedIn {
  readonly officer: SignedInOfficer;
  readonly session: NewSession;
}

/** One answer, after the same work, for an unknown login, a wrong passphrase and a disabled officer. */
export async function signInWithPassphrase(
  given: { readonly login: string; readonly passphrase: string },
  attempts: Attempts,
  deps: SignInDeps,
): Promise<SignedIn | Refusal> {
  const now = deps.sessionClock.now();
  if (!attempts.begin(given.login, now)) return refuse('rate-exceeded', { limit: attemptLimits.failuresMax });
  const found = await deps.database.asActor({ kind: 'sign-in' }, (tx) => officerByLogin(tx, given.login));
  // Not inside a transaction: hashing is slow, and would hold the database.
  const right =
    found === null
      ? await deps.passphrases.verifyNobody(given.passphrase)
      : await deps.passphrases.verify(found.passphraseHash, given.passphrase);
  const officer = right && found !== null && !found.disabled ? found.officer : null;
  if (officer === null) {
    await deps.database.asActor({ kind: 'sign-in' }, (tx) =>
      deps.database.unit(tx).appendJournal(sessionLine('session.refused', found?.officer.id ?? null, deps.clock)),
    );
    return refuse('sign-in-failed');
  }
  attempts.succeeded(given.login);
  return { officer, session: await startSession(officer, deps) };
}

export async function startSession(
  officer: SignedInOfficer,
  { database, clock, sessionClock }: Omit<SignInDeps, 'passphrases'>,
): Promise<NewSession> {
  return database.asActor({ kind: 'sign-in' }, async (tx) => {
    const session = await openSession(tx, officer.id, sessionClock.now());
    await database.unit(tx).appendJournal(sessionLine('session.opened', officer.id, clock));
    return session;
  });
}

export async function officerByLogin(
  tx: Tx,
  login: string,
): Promise<{ officer: SignedInOfficer; passphraseHash: string; disabled: boolean } | null> {
  const row = await tx
    .selectFrom('officer')
    .select(['id', 'login', 'display_name', 'role', 'clearance', 'compartments', 'language'])
    .select(['passphrase_hash', 'disabled_at'])
    .select(
      sql<string[]>`array(select desk from officer_desk d where d.officer = officer.id order by desk)`.as('desks'),
    )
    .where('login', '=', login)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, role, clearance, compartments, desks, language } = row;
  return {
    officer: { id, login: row.login, displayName: row.display_name, role, clearance, compartments, desks, language },
    passphraseHash: row.passphrase_hash,
    disabled: row.disabled_at !== null,
  };
}

/** The demo's one click: no passphrase, for the ready-made officers of a node that was started by the demo. */
export async function signInReadyMade(
  login: string,
  deps: Omit<SignInDeps, 'passphrases'>,
): Promise<NewSession | null> {
  const found = await deps.database.asActor({ kind: 'sign-in' }, (tx) => officerByLogin(tx, login));
  return found === null || found.disabled ? null : startSession(found.officer, deps);
}

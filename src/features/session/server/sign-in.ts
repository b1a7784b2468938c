import { sql } from 'kysely';
import type { SignedInOfficer } from '#src/features/handlers.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Passphrases } from '#src/ports/passphrases.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { sessionLine } from './session-line.ts';
import { type NewSession, openSession } from './sessions.ts';
import type { Guess, SignInBrake } from './sign-in-brake.ts';

export interface SignInDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessionClock: Clock;
  readonly passphrases: Passphrases;
  readonly brake: SignInBrake;
}
export interface SignedIn {
  readonly officer: SignedInOfficer;
  readonly session: NewSession;
}

/** One answer, after the same work, for an unknown login, a wrong passphrase and a disabled officer. */
export async function signInWithPassphrase(
  guess: Guess,
  passphrase: string,
  deps: SignInDeps,
): Promise<SignedIn | Refusal> {
  const { database, passphrases, brake } = deps;
  const now = deps.sessionClock.now();
  const waitMs = brake.begin(guess, now);
  if (waitMs > 0) {
    if (brake.isNoteworthy(guess, now)) await noteTurnedAway('session.slowed', guess.login, deps);
    return refuse('sign-in-slowed', { limit: Math.ceil(waitMs / 1_000) });
  }
  const found = await database.asActor({ kind: 'sign-in' }, (tx) => officerByLogin(tx, guess.login));
  // Not inside a transaction: hashing is slow, and would hold the database.
  const right =
    found === null
      ? await passphrases.verifyNobody(passphrase)
      : await passphrases.verify(found.passphraseHash, passphrase);
  const officer = right && found !== null && !found.disabled ? found.officer : null;
  if (officer === null) {
    await noteTurnedAway('session.refused', guess.login, deps);
    return refuse('sign-in-failed');
  }
  brake.succeeded(guess);
  return { officer, session: await startSession(officer, deps) };
}

/** Whose login it is, if it is one: what was typed may be a passphrase in the wrong field. */
async function noteTurnedAway(
  act: 'session.refused' | 'session.slowed',
  login: string,
  { database, clock }: SignInDeps,
): Promise<void> {
  await database.asActor({ kind: 'sign-in' }, async (tx) => {
    const found = await officerByLogin(tx, login);
    await database.unit(tx).appendJournal(sessionLine(act, found?.officer.id ?? null, clock));
  });
}

export async function startSession(
  officer: SignedInOfficer,
  { database, clock, sessionClock }: Omit<SignInDeps, 'passphrases' | 'brake'>,
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
  deps: Omit<SignInDeps, 'passphrases' | 'brake'>,
): Promise<NewSession | null> {
  const found = await deps.database.asActor({ kind: 'sign-in' }, (tx) => officerByLogin(tx, login));
  return found === null || found.disabled ? null : startSession(found.officer, deps);
}

/** What an officer does with the own account: another passphrase, and an end to sessions elsewhere (ACC-12). */
import type { Caller, Visit } from '#src/features/handlers.ts';
import { passphraseProblem } from '#src/features/passphrase-rule.ts';
import { namesOf, type OwnService } from '#src/features/service-briefs.ts';
import type { Tx } from '#src/ports/database.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { SessionView } from '../contract.ts';
import { sessionLine } from './session-line.ts';
import { closeSessions, sessionsOf } from './sessions.ts';
import { officerByLogin, type SignInDeps } from './sign-in.ts';

export interface OwnAccountDeps extends SignInDeps {
  readonly self: () => OwnService | null;
  /** Ends at once what this officer's screens follow, of all sessions but the one that is kept. */
  endStreams(officer: string, except?: string): void;
  /** Ends at once what the session of this name follows. */
  endStreamsOf(session: string): void;
}

/** Refusals: `passphrase-wrong`, `sign-in-slowed`, `passphrase-too-weak`, `passphrase-common`. */
export async function changePassphrase(
  given: { readonly currentPassphrase: string; readonly passphrase: string },
  { officer }: Caller,
  visit: Visit,
  deps: OwnAccountDeps,
): Promise<{ endedSessions: number } | Refusal> {
  const now = deps.sessionClock.now();
  // Whoever has a session and not the passphrase may not find it out here.
  const guess = { login: officer.login, address: visit.address, device: `own ${officer.id}` };
  const waitMs = deps.brake.begin(guess, now);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1_000);
    visit.retryAfter(seconds);
    return refuse('sign-in-slowed', { limit: seconds });
  }
  const found = await asSignIn(deps, (tx) => officerByLogin(tx, officer.login));
  if (found === null || !(await deps.passphrases.verify(found.passphraseHash, given.currentPassphrase))) {
    await asSignIn(deps, (tx) => note(tx, 'session.refused', officer.id, deps));
    return refuse('passphrase-wrong', { at: '/currentPassphrase' });
  }
  deps.brake.succeeded(guess);
  const around = { login: officer.login, names: [officer.displayName, ...namesOf(deps.self())] };
  const problem = await passphraseProblem(given.passphrase, around, '/passphrase');
  if (problem !== null) return problem;
  const passphraseHash = await deps.passphrases.hash(given.passphrase);
  const endedSessions = await asSignIn(deps, async (tx) => {
    // Changed meanwhile in another window: what was verified is no longer the passphrase.
    const changed = await tx
      .updateTable('officer')
      .set({ passphrase_hash: passphraseHash })
      .where('id', '=', officer.id)
      .where('passphrase_hash', '=', found.passphraseHash)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return null;
    const sessions = await sessionsOf(tx, officer.id, visit.sessionToken, now);
    await note(tx, 'passphrase.changed', officer.id, deps);
    return closeSessions(
      tx,
      sessions.filter(({ current }) => !current),
    );
  });
  if (endedSessions === null) return refuse('passphrase-wrong', { at: '/currentPassphrase' });
  deps.endStreams(officer.id, visit.sessionToken ?? undefined);
  return { endedSessions };
}

export async function listSessions({ officer }: Caller, visit: Visit, deps: OwnAccountDeps): Promise<SessionView[]> {
  const now = deps.sessionClock.now();
  const sessions = await asSignIn(deps, (tx) => sessionsOf(tx, officer.id, visit.sessionToken, now));
  return sessions.map(({ id, current, startedAt, lastSeenAt, expiresAt }) => ({
    id,
    current,
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Only of the officer's own; of another's, `not-found`. */
export async function endSession(
  id: string,
  { officer }: Caller,
  visit: Visit,
  deps: OwnAccountDeps,
): Promise<Record<string, never> | Refusal> {
  const now = deps.sessionClock.now();
  const ended = await asSignIn(deps, async (tx) => {
    const sessions = await sessionsOf(tx, officer.id, visit.sessionToken, now);
    const session = sessions.find((one) => one.id === id);
    if (session === undefined) return null;
    await closeSessions(tx, [session]);
    await note(tx, 'session.ended', officer.id, deps);
    return session;
  });
  if (ended === null) return refuse('not-found');
  deps.endStreamsOf(id);
  if (ended.current) visit.endSession();
  return {};
}

function asSignIn<T>({ database }: OwnAccountDeps, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.asActor({ kind: 'sign-in' }, work);
}

async function note(
  tx: Tx,
  act: Parameters<typeof sessionLine>[0],
  officer: string,
  { database, clock }: OwnAccountDeps,
): Promise<void> {
  await database.unit(tx).appendJournal(sessionLine(act, officer, clock));
}

/** Sessions: a random token in the officer's hands, its SHA-256 in the table. */
import { hash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { SignedInOfficer } from '#src/features/handlers.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import { fromBase64url } from '#src/protocol/encoding.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';

export const sessionLimits = {
  tokenBytes: 32,
  lifetimeMs: 12 * 3_600_000,
  idleMs: 2 * 3_600_000,
  /** Being seen is written down at most this often: each write costs a disk flush. */
  seenEveryMs: 60_000,
} as const;

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Within a `sign-in` transaction. */
export async function openSession(tx: Tx, officer: string, now: UnixMs): Promise<NewSession> {
  const token = randomBytes(sessionLimits.tokenBytes).toString('base64url');
  const expiresAt = new Date(now + sessionLimits.lifetimeMs);
  await tx.deleteFrom('session').where('expires_at', '<=', new Date(now)).execute();
  await tx
    .insertInto('session')
    .values({
      token_hash: hashOf(token),
      officer,
      created_at: new Date(now),
      expires_at: expiresAt,
      last_seen_at: new Date(now),
    })
    .execute();
  return { token, expiresAt };
}

/** Whose session this is, or null: unknown, expired, idle too long, or the officer was disabled. */
export async function officerOfSession(
  database: Database,
  token: string,
  now: UnixMs,
  options: { readonly seen: boolean },
): Promise<SignedInOfficer | null> {
  if (fromBase64url(token)?.length !== sessionLimits.tokenBytes) return null;
  return database.asActor({ kind: 'sign-in' }, async (tx) => {
    const row = await tx
      .selectFrom('session')
      .innerJoin('officer', 'officer.id', 'session.officer')
      .select(['id', 'login', 'display_name', 'role', 'clearance', 'compartments', 'language', 'last_seen_at'])
      .select(
        sql<string[]>`array(select desk from officer_desk d where d.officer = officer.id order by desk)`.as('desks'),
      )
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>', new Date(now))
      .where('last_seen_at', '>', new Date(now - sessionLimits.idleMs))
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (options.seen && row.last_seen_at.getTime() < now - sessionLimits.seenEveryMs) {
      await tx
        .updateTable('session')
        .set({ last_seen_at: new Date(now) })
        .where('token_hash', '=', hashOf(token))
        .execute();
    }
    const { id, login, role, clearance, compartments, desks, language } = row;
    return { id, login, displayName: row.display_name, role, clearance, compartments, desks, language };
  });
}

export interface OpenSession {
  readonly id: string;
  readonly current: boolean;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly tokenHash: Uint8Array;
}

/** Of one officer, those that would still open; the last used first. Within a `sign-in` transaction. */
export async function sessionsOf(tx: Tx, officer: string, token: string | null, now: UnixMs): Promise<OpenSession[]> {
  const rows = await tx
    .selectFrom('session')
    .select(['token_hash', 'created_at', 'last_seen_at', 'expires_at'])
    .where('officer', '=', officer)
    .where('expires_at', '>', new Date(now))
    .where('last_seen_at', '>', new Date(now - sessionLimits.idleMs))
    .orderBy('last_seen_at', 'desc')
    .execute();
  const own = token === null ? null : hashOf(token);
  return rows.map((row) => ({
    id: sessionName(row.token_hash),
    current: own !== null && Buffer.compare(own, row.token_hash) === 0,
    startedAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    tokenHash: row.token_hash,
  }));
}

/** How many were there to end. Within a `sign-in` transaction. */
export async function closeSessions(tx: Tx, sessions: readonly OpenSession[]): Promise<number> {
  for (const { tokenHash } of sessions) await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
  return sessions.length;
}

/** What a session is called: made from its token's hash, from which neither can be found. */
export function sessionName(tokenHash: Uint8Array): string {
  const hex = hash('sha256', Buffer.concat([Buffer.from('session '), tokenHash]), 'hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const nameOfToken = (token: string): string => sessionName(hashOf(token));

/** Ends one session; true if there was one. */
export async function closeSession(tx: Tx, token: string): Promise<boolean> {
  const result = await tx.deleteFrom('session').where('token_hash', '=', hashOf(token)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function hashOf(token: string): Uint8Array {
  return hash('sha256', token, 'buffer');
}

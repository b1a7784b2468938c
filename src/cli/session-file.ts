/** Where sessions stay between two commands: `${XDG_CONFIG_HOME:-~/.config}/tansiq/session.json`, readable by its owner alone. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Env } from './terminal.ts';

export interface StoredSession {
  readonly node: string;
  readonly login: string;
  /** Sent as a bearer token: whoever holds it is this officer until it expires. */
  readonly token: string;
}
/** The last signed in comes first. */
export type StoredSessions = readonly StoredSession[];

export function sessionFileOf(env: Env): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'tansiq', 'session.json');
}

/** A missing or unreadable file is no session; the officer signs in again. */
export async function readSessions(env: Env): Promise<StoredSessions> {
  const text = await readFile(sessionFileOf(env), 'utf8').catch(() => '[]');
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isSession) : [];
  } catch {
    return [];
  }
}

export async function rememberSession(session: StoredSession, env: Env): Promise<void> {
  const others = (await readSessions(env)).filter((one) => !sameSeat(one, session));
  await writeSessions([session, ...others], env);
}

export async function forgetSession(session: StoredSession, env: Env): Promise<void> {
  await writeSessions(
    (await readSessions(env)).filter((one) => !sameSeat(one, session)),
    env,
  );
}

function writeSessions(sessions: StoredSessions, env: Env): Promise<void> {
  return writeOwn(sessionFileOf(env), sessions);
}

/** Written beside and renamed: a reader never sees half a file, and at no moment is it open to others. */
export async function writeOwn(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
  await rename(beside, file);
}

function sameSeat(a: StoredSession, b: StoredSession): boolean {
  return a.node === b.node && a.login === b.login;
}

function isSession(value: unknown): value is StoredSession {
  if (typeof value !== 'object' || value === null) return false;
  const { node, login, token } = value as Partial<Record<keyof StoredSession, unknown>>;
  return typeof node === 'string' && typeof login === 'string' && typeof token === 'string';
}

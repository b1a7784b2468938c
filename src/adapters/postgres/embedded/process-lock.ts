import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '#src/ports/database.ts';

/**
 * At most one holder of `path` on this machine, in this process or another, for as long as the holder lives: the kernel
 * takes the lock back from a process that was killed, so there is no stale lock to judge, and nobody to judge wrongly.
 *
 * Node has no file locking of its own; SQLite has, on every platform, and comes with it. The file stays empty and must
 * not be opened by anything else in this process: closing any handle on it would give a POSIX lock away.
 */
export class ProcessLock {
  readonly #file: DatabaseSync;

  private constructor(file: DatabaseSync) {
    this.#file = file;
  }

  /** Null when someone else holds it. */
  static tryTake(path: string): ProcessLock | null {
    const file = new DatabaseSync(path, { timeout: 0 });
    try {
      file.exec('begin exclusive');
    } catch (error) {
      file.close();
      if ((error as { errcode?: number }).errcode === sqliteBusy) return null;
      throw error;
    }
    return new ProcessLock(file);
  }

  /** Throws `StoreUnavailable` that names who holds it. */
  static take(path: string): ProcessLock {
    const lock = ProcessLock.tryTake(path);
    if (!lock) {
      throw new StoreUnavailable(`${path}: another process has this database open${holderOf(path)}; stop it first`);
    }
    const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
    writeFileSync(holderPath(path), JSON.stringify(holder));
    return lock;
  }

  release(): void {
    this.#file.close();
  }
}

const sqliteBusy = 5;

interface Holder {
  readonly pid: number;
  readonly since: string;
}

/** Only for the message: who holds the lock is the kernel's business. */
function holderOf(path: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(holderPath(path), 'utf8')) as Holder;
    return ` (process ${pid}, since ${since})`;
  } catch {
    return '';
  }
}

function holderPath(path: string): string {
  return `${path}.json`;
}

/**
 * Slows guessing down, and locks nobody out (ACC-12): after a few wrong passphrases each next one waits longer. Counted by
 * address and login together, and by address; a device on which this officer signed in before is counted by itself, so that
 * what strangers guess does not slow the officer. Held in memory: a restart forgives.
 */
import type { UnixMs } from '#src/protocol/primitives.ts';

export const brakeLimits = {
  /** Wrong passphrases that cost no waiting. */
  free: { login: 5, address: 20, device: 5 },
  /** From so many on, at one login and from wherever, an address it has not signed in from has one and not five. */
  underAttack: 50,
  firstWaitMs: 2_000,
  waitMsMax: 15 * 60_000,
  /** For all logins of one address together, which may be that of many officers. */
  addressWaitMsMax: 60_000,
  /** What is older than this counts no longer. */
  windowMs: 60 * 60_000,
  keysMax: 30_000,
  /** Lines in the journal: for one login and address in a quarter of an hour, and in an hour for all. */
  noteEveryMs: 15 * 60_000,
  notesPerHour: 30,
} as const;

export interface Guess {
  readonly login: string;
  /** As limits count it: an IPv4 address or a /64. */
  readonly address: string;
  /** A device on which this login signed in before. */
  readonly device: string | null;
}

export interface SlowDown {
  /** As it was typed: it may be no login at all. Null: whatever comes from this address. */
  readonly login: string | null;
  readonly address: string | null;
  readonly failures: number;
  readonly until: UnixMs;
}

interface Count {
  readonly failures: number;
  readonly at: UnixMs;
  readonly about: Pick<SlowDown, 'login' | 'address'> & { readonly what: 'login' | 'address' | 'device' | 'attack' };
}

export class SignInBrake {
  readonly #counts = new Map<string, Count>();
  readonly #noted = new Map<string, UnixMs>();
  #notes: UnixMs[] = [];

  /** Milliseconds to wait; 0: go on, and it counts as wrong until it succeeds, so that parallel guesses count too. */
  begin(guess: Guess, now: UnixMs): number {
    const keys = keysOf(guess);
    const waits = keys.map(([key]) => this.#until(key, now) - now);
    const wait = Math.max(0, ...waits);
    if (wait > 0) return wait;
    for (const [key, about] of keys) {
      const failures = (this.#current(key, now)?.failures ?? 0) + 1;
      this.#counts.delete(key);
      this.#counts.set(key, { failures, at: now, about });
    }
    // The oldest make room, so that made-up logins cannot fill the memory.
    for (const key of this.#counts.keys()) {
      if (this.#counts.size <= brakeLimits.keysMax) break;
      this.#counts.delete(key);
    }
    return 0;
  }

  /** The passphrase was right. What others tried at this address still counts. */
  succeeded(guess: Guess): void {
    for (const [key, { what }] of keysOf(guess)) {
      const count = this.#counts.get(key);
      if (count === undefined) continue;
      if (what === 'login' || what === 'device' || count.failures <= 1) this.#counts.delete(key);
      else this.#counts.set(key, { ...count, failures: count.failures - 1 });
    }
  }

  /** Whether this slow-down is to stand in the journal, whose lines are bounded however much is tried. */
  isNoteworthy(guess: Guess, now: UnixMs): boolean {
    const [[key] = ['']] = keysOf(guess);
    const recent = this.#notes.filter((at) => now - at < brakeLimits.windowMs);
    if (now - (this.#noted.get(key) ?? Number.NEGATIVE_INFINITY) < brakeLimits.noteEveryMs) return false;
    if (recent.length >= brakeLimits.notesPerHour) return false;
    this.#notes = [...recent, now];
    this.#noted.delete(key);
    this.#noted.set(key, now);
    const [oldest] = this.#noted.keys();
    if (this.#noted.size > brakeLimits.notesPerHour && oldest !== undefined) this.#noted.delete(oldest);
    return true;
  }

  /** What is slowed now, at most 200, the last first. */
  slowed(now: UnixMs): SlowDown[] {
    return [...this.#counts]
      .map(([key, { failures, about }]) => ({
        login: about.login,
        address: about.address,
        failures,
        until: this.#until(key, now),
      }))
      .filter(({ until }) => until > now)
      .reverse()
      .slice(0, 200);
  }

  #until(key: string, now: UnixMs): UnixMs {
    const count = this.#current(key, now);
    if (count === null || count.about.what === 'attack') return now;
    const over = count.failures - this.#free(count.about, now);
    if (over < 0) return now;
    const most = count.about.what === 'address' ? brakeLimits.addressWaitMsMax : brakeLimits.waitMsMax;
    return count.at + Math.min(brakeLimits.firstWaitMs * 2 ** over, most);
  }

  #free({ what, login }: Count['about'], now: UnixMs): number {
    if (what !== 'login') return brakeLimits.free[what === 'device' ? 'device' : 'address'];
    const attacked = this.#current(attackKey(login ?? ''), now)?.failures ?? 0;
    return attacked >= brakeLimits.underAttack ? 1 : brakeLimits.free.login;
  }

  #current(key: string, now: UnixMs): Count | null {
    const count = this.#counts.get(key);
    return count !== undefined && now - count.at < brakeLimits.windowMs ? count : null;
  }
}

const attackKey = (login: string) => `attack ${login.toLowerCase()}`;

/** By which a guess is counted, the most telling first. */
function keysOf({ login, address, device }: Guess): [string, Count['about']][] {
  const key = login.toLowerCase();
  if (device !== null) return [[`device ${device} ${key}`, { what: 'device', login, address }]];
  return [
    [`login ${address} ${key}`, { what: 'login', login, address }],
    [`address ${address}`, { what: 'address', login: null, address }],
    [attackKey(login), { what: 'attack', login, address: null }],
  ];
}

/** Slows guessing at one login, known or not, from however many addresses. Held in memory: a restart forgives. */
import type { UnixMs } from '#src/protocol/primitives.ts';

export const attemptLimits = { failuresMax: 10, windowMs: 15 * 60_000, loginsMax: 10_000 } as const;

export interface Attempts {
  /** Counts an attempt before it is checked, so that parallel guesses count too; false when there were too many. */
  begin(login: string, now: UnixMs): boolean;
  /** The passphrase was right: earlier failures no longer count. */
  succeeded(login: string): void;
}

export function countAttempts(): Attempts {
  const counts = new Map<string, { since: UnixMs; count: number }>();
  return {
    begin(login, now) {
      const key = login.toLowerCase();
      const known = counts.get(key);
      const current =
        known !== undefined && now - known.since < attemptLimits.windowMs ? known : { since: now, count: 0 };
      if (current.count >= attemptLimits.failuresMax) return false;
      // The oldest entry makes room, so that made-up logins cannot fill the memory.
      counts.delete(key);
      counts.set(key, { ...current, count: current.count + 1 });
      if (counts.size > attemptLimits.loginsMax) counts.delete(counts.keys().next().value ?? key);
      return true;
    },
    succeeded(login) {
      counts.delete(login.toLowerCase());
    },
  };
}

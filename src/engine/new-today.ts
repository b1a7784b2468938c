import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';

const dayMs = 86_400_000;

/**
 * ADM-2: how many new records of a kind one service has sent on this day of the clock, for kinds of which there is a most.
 * Kept in memory: after a start everyone may begin anew.
 */
export class NewToday {
  readonly #counts = new Map<string, { day: number; count: number }>();

  /** Counts one more, unless `most` have come today; then says no. */
  admit(origin: ServiceId, kind: string, most: number, at: UnixMs): boolean {
    const key = `${origin} ${kind}`;
    const day = Math.floor(at / dayMs);
    const before = this.#counts.get(key);
    const count = before?.day === day ? before.count : 0;
    if (count >= most) return false;
    this.#counts.set(key, { day, count: count + 1 });
    return true;
  }
}

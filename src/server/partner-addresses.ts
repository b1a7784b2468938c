/**
 * Where confirmed partners came from lately. Who sent an envelope is known only from all of it, and room must be kept before
 * that: so room is kept for the addresses that brought something new and rightly signed.
 */
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';

const limits = {
  keptMs: 7 * 24 * 3_600_000,
  /** Of one partner: one that is everywhere does not have everywhere to itself. */
  eachMax: 8,
} as const;

export class PartnerAddresses {
  readonly #seen = new Map<ServiceId, Map<string, UnixMs>>();
  readonly #now: () => UnixMs;

  constructor(now: () => UnixMs) {
    this.#now = now;
  }

  note(partner: ServiceId, group: string): void {
    const own = this.#seen.get(partner) ?? new Map<string, UnixMs>();
    own.delete(group);
    own.set(group, this.#now());
    const [oldest] = own.keys();
    if (own.size > limits.eachMax && oldest !== undefined) own.delete(oldest);
    this.#seen.set(partner, own);
  }

  has(group: string): boolean {
    const since = this.#now() - limits.keptMs;
    return [...this.#seen.values()].some((own) => (own.get(group) ?? Number.NEGATIVE_INFINITY) > since);
  }
}

import type { RecordHash, ServiceId } from '../primitives.ts';

/** REL-3: one revision in one holder's hands, as far as its origin knows. */
export interface Holding {
  readonly hash: RecordHash;
  readonly revision: number;
  readonly holder: ServiceId;
  /** The relay nearest to the holder; null: given directly. */
  readonly via: ServiceId | null;
  readonly state: 'granted' | 'reported' | 'confirmed';
  /** What went. */
  readonly digests: readonly string[];
}

/** `direct`: by a release of ours. `onward`: as it was permitted, by whatever way leads there (a letter through relays). */
export interface Told {
  readonly holder: ServiceId;
  readonly way: 'direct' | 'onward';
  /** The newest revision that it is known to hold. */
  readonly last: Holding;
}

/**
 * COR-1: every holder of any revision, each once. One that was given the record directly is told directly, whoever else
 * passed it on. Nothing goes to a revoked partner; it stays on the board as unreachable.
 */
export function whoIsTold(holdings: readonly Holding[], isRevoked: (service: ServiceId) => boolean): Told[] {
  return [...new Set(holdings.map(({ holder }) => holder))].flatMap((holder) => {
    if (isRevoked(holder)) return [];
    const held = holdings.filter((holding) => holding.holder === holder);
    const direct = held.filter(({ via }) => via === null);
    const way = direct.length > 0 ? 'direct' : 'onward';
    const last = (direct.length > 0 ? direct : held).toSorted((a, b) => b.revision - a.revision)[0];
    return last ? [{ holder, way, last }] : [];
  });
}

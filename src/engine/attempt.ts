/** ADM-1: what one message, one addressee or one item of a queue brings about stays with it. */
import { StoreUnavailable } from '#src/ports/database.ts';
import { KeyringUnavailable } from '#src/ports/keyring.ts';
import type { Attempted, StoreUnit } from '#src/ports/store.ts';
import { TransportUnavailable } from '#src/ports/transport.ts';
import type { EngineDeps } from './deps.ts';

type Told = Pick<EngineDeps, 'onFault'>;

/** It is nobody's fault and passes: whatever met it is done again whole, and never taken for refused. */
export function isOutage(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable || error instanceof KeyringUnavailable || error instanceof TransportUnavailable
  );
}

/** Takes back what `work` wrote where it throws, and tells the operator of it. Throws on an outage alone. */
export async function attempt<T>(
  unit: StoreUnit,
  work: (unit: StoreUnit) => Promise<T>,
  { onFault }: Told,
): Promise<Attempted<T>> {
  const attempted = await unit.attempt(work);
  if (!('fault' in attempted)) return attempted;
  if (isOutage(attempted.fault)) throw attempted.fault;
  onFault?.(attempted.fault);
  return attempted;
}

export interface Each<T> {
  take(unit: StoreUnit, item: T): Promise<void>;
  /** Of the one that threw, once all that it wrote is taken back. */
  failed(unit: StoreUnit, item: T): Promise<void>;
}

/** Each in an attempt of its own, in order. */
export async function oneByOne<T>(
  unit: StoreUnit,
  items: readonly T[],
  { take, failed }: Each<T>,
  told: Told,
): Promise<void> {
  for (const item of items) {
    const taken = await attempt(unit, (part) => take(part, item), told);
    if ('fault' in taken) await failed(unit, item);
  }
}

/**
 * All in one attempt, which costs next to nothing; only where that throws, all of them once more, one by one. Not for what
 * leads to more of the same within it: that would be done twice at each level.
 */
export async function togetherOrOneByOne<T>(
  unit: StoreUnit,
  items: readonly T[],
  each: Each<T>,
  told: Told,
): Promise<void> {
  if (items.length > 1) {
    const all = async (part: StoreUnit) => {
      for (const item of items) await each.take(part, item);
    };
    const together = await attempt(unit, all, {});
    if ('done' in together) return;
  }
  await oneByOne(unit, items, each, told);
}

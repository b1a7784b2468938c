/** EXC-1, KEY-1: a private key that nothing outstanding needs is destroyed, so that what was sealed to it stays closed. */
import type { Clock } from '#src/ports/clock.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { Store } from '#src/ports/store.ts';
import type { KeysTold } from '#src/ports/store-keys.ts';
import { type KeptStatements, newest } from '#src/protocol/identity/take-statement.ts';
import type { KeyId, UnixMs } from '#src/protocol/primitives.ts';
import { type KeyDeps, ownStatements } from './own-keys.ts';

/** Destroys what may go by now. What a restart interrupts is found again by the next call. */
export async function forgetOldKeys(deps: KeyDeps & { readonly store: Store }, now: UnixMs): Promise<readonly KeyId[]> {
  const due = await deps.store.unit(async (unit) => {
    const ids = keysToForget(await ownStatements(unit, deps), await unit.keysTold(), deps.keyring, now);
    for (const id of ids) {
      const line = {
        at: now,
        actorKind: 'node',
        actor: null,
        act: 'keys.forgotten',
        record: null,
        service: null,
      } as const;
      await unit.appendJournal({ ...line, hash: id, reason: null });
    }
    return ids;
  });
  for (const id of due) await deps.keyring.forget(id);
  return due;
}

const sweepEveryMs = 3_600_000;

/** Forgets what is due now and every hour. Returns the way to stop. */
export function sweepOldKeys(
  deps: KeyDeps & { readonly store: Store; readonly clock: Clock; onFault(error: unknown): void },
): () => void {
  const sweep = () => {
    // What fails is tried again in an hour; nothing waits for it.
    forgetOldKeys(deps, deps.clock.now()).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) deps.onFault(error);
    });
  };
  const timer = setInterval(sweep, sweepEveryMs);
  timer.unref();
  sweep();
  return () => clearInterval(timer);
}

/** Files carried by hand and letters through relays may be this much behind the last partner's word. */
export const keptAfterConfirmedMs = 7 * 86_400_000;

/**
 * Private keys that may go: sealing keys of former statements, once every partner has shown to know a later one and a week
 * has passed since the last did; former signing keys at once, because nothing is signed with them any more.
 */
export function keysToForget(
  kept: KeptStatements,
  told: readonly KeysTold[],
  keyring: Pick<Keyring, 'keys' | 'identity'>,
  now: UnixMs,
): KeyId[] {
  const { signingKey, sealingKey } = keyring.identity;
  const current = newest(kept);
  return keyring
    .keys()
    .filter(({ id }) => id !== signingKey.id && id !== sealingKey.id)
    .filter(({ id, use }) => {
      // One that no statement names yet is being made just now.
      if (use === 'signing') return wasCurrent(kept, id) && current.signing[0]?.id !== id;
      const replacedBy = replacedIn(kept, id);
      return replacedBy !== null && isKnownToAll(replacedBy, kept, told, now);
    })
    .map(({ id }) => id);
}

function wasCurrent({ chain }: KeptStatements, id: KeyId): boolean {
  return chain.some(({ signing }) => signing[0]?.id === id);
}

/** The version that named another sealing key than this one for the first time after it; null for one never named. */
function replacedIn({ chain }: KeptStatements, id: KeyId): number | null {
  const last = chain.findLastIndex(({ sealing }) => sealing.id === id);
  return last < 0 ? null : (chain[last + 1]?.version ?? null);
}

function isKnownToAll(version: number, { chain }: KeptStatements, told: readonly KeysTold[], now: UnixMs): boolean {
  const stated = chain.find((keys) => keys.version === version);
  const since = stated && 'at' in stated ? (stated.at as UnixMs) : now;
  const times = told.map((partner) => (partner.version >= version ? (partner.at ?? null) : null));
  if (times.includes(null)) return false;
  return now - Math.max(since, ...(times as UnixMs[])) >= keptAfterConfirmedMs;
}

/** REL-1: what was decided when a batch was formed is decided again before it is sent once more. */
import type { StoreUnit } from '#src/ports/store.ts';
import { confirmedOf } from '#src/protocol/exchange/epoch.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { attempt } from './attempt.ts';
import type { EngineDeps } from './deps.ts';
import { foreseen, releaseNow } from './form-batch.ts';

/**
 * Whether everything in the batches that have no receipt might go today as it stands in them: an agreement may have ended
 * meanwhile, a permission fallen, a marking been raised.
 */
export async function mayStillGo(
  unit: StoreUnit,
  peer: ServiceId,
  state: LinkState,
  deps: EngineDeps,
  at: UnixMs,
): Promise<boolean> {
  const decided = await attempt(unit, (part) => allMayGo(part, peer, state, deps, at), deps);
  // ADM-1: given up like what may not go; when it is formed anew, what cannot be made ready is set aside
  return 'done' in decided && decided.done;
}

async function allMayGo(
  unit: StoreUnit,
  peer: ServiceId,
  state: LinkState,
  { keyring, primitives }: EngineDeps,
  at: UnixMs,
): Promise<boolean> {
  const { service: self } = keyring.identity;
  const sent = await unit.sentReleases(peer, confirmedOf(state.out));
  const all = foreseen(unit, sent, ({ release }) => release, peer);
  for await (const { release: id, digests } of all) {
    const release = await unit.release(id);
    if (!release) throw new Error('a batch carries a release that does not exist');
    const now = await releaseNow(unit, release, { self, primitives, at });
    if (isRefusal(now)) return false;
    const allowed = new Set(now.plan.digests);
    if (digests.some((digest) => !allowed.has(digest))) return false;
  }
  return true;
}

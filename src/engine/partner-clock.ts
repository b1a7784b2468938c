/** EXC-6: what a partner's clock says beside ours, so that both operators hear of it before a deadline or a review goes wrong. */
import type { StoreUnit } from '#src/ports/store.ts';
import { clockOffMsMin } from '#src/protocol/exchange/clock-off.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { EngineDeps } from './deps.ts';
import { nodeLine } from './recovery.ts';

/** What moved by less is not written down again. */
const worthNotingMs = 60_000;

const isOff = (aheadMs: number | null) => aheadMs !== null && Math.abs(aheadMs) > clockOffMsMin;

/** What it said in an exchange that it has proved to be its own, or that answers ours; undefined or null where it said nothing. */
export async function noteTime(peer: ServiceId, time: UnixMs | null | undefined, deps: EngineDeps): Promise<null> {
  if (time === null || time === undefined) return null;
  await deps.store.unit((unit) => noteClock(unit, peer, time, deps.clock.now()));
  return null;
}

/** @param theirs the time that it said in an exchange; @param at ours at that moment. One line when it begins, one when it ends. */
export async function noteClock(unit: StoreUnit, peer: ServiceId, theirs: UnixMs, at: UnixMs): Promise<void> {
  const before = await unit.clockAhead(peer);
  const aheadMs = theirs - at;
  if (before !== null && isOff(before) === isOff(aheadMs) && Math.abs(aheadMs - before) < worthNotingMs) return;
  await unit.noteClock(peer, aheadMs);
  if (isOff(before) === isOff(aheadMs)) return;
  const seconds = String(Math.round(aheadMs / 1_000));
  await unit.appendJournal(nodeLine(isOff(aheadMs) ? 'link.clock-off' : 'link.clock-agrees', peer, at, seconds));
}

/** EXC-4: what is refused only because of something that we may have lost waits until we know. */
import type { HeldMessage, StoreUnit } from '#src/ports/store.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';

/** What such a message waits for (see `HeldMessage.waitsFor`). */
export const waitsForRecovery = 'recovery';

/** ADM-2: of one partner; it sends what it holds since our backup, and no more. */
const heldMax = 1_000;

/** Refusals that a lost record or agreement of our own may have brought about. */
const curable: ReadonlySet<RefusalCode> = new Set([
  'agreement-not-in-force',
  'agreement-purpose-not-covered',
  'agreement-ceiling-exceeded',
  'assent-hash-mismatch',
  'link-target-unknown',
  'onward-not-permitted',
]);

/** While we ask a peer where we stand, or are recovering, what we lack may be what an arriving record builds on. */
export async function mayLackSomething(unit: StoreUnit, peer: ServiceId): Promise<boolean> {
  const link = await unit.link(peer);
  return (link !== null && link.out.asking !== null) || (await unit.recovery()) !== null;
}

/** Holds the message and says so, or leaves it to be refused. */
export async function holdWhileUnsure(
  unit: StoreUnit,
  message: Omit<HeldMessage, 'code' | 'waitsFor'>,
  code: RefusalCode,
  at: UnixMs,
): Promise<boolean> {
  if (!curable.has(code) || !(await mayLackSomething(unit, message.peer))) return false;
  if ((await unit.heldCount(message.peer)) >= heldMax) return false;
  await unit.hold({ ...message, code, waitsFor: waitsForRecovery }, at);
  return true;
}

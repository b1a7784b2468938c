/** EXC-4: what a new epoch, a contradiction or a fallen permission means for what is stored. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { ExchangeEffect } from '#src/protocol/exchange/state.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { beginRecovery, nodeLine } from './recovery.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;

/** What was sent after that point is queued again, to be decided on like anything else. */
export async function epochBegan(
  unit: StoreUnit,
  peer: ServiceId,
  { after, cause }: EffectOf<'new-epoch'>,
  at: UnixMs,
): Promise<void> {
  await unit.requeue(peer, after);
  // KEY-1: whoever lost what it had confirmed may have lost our keys with it.
  if (cause === 'peer-restored') await unit.noteKeysTold(peer, 0, at);
  await unit.appendJournal(nodeLine('link.epoch-began', peer, at, cause));
  // Where a director went on without this partner, what it was asked for is still to come.
  if (cause === 'own-restore' && !(await unit.owesRecords(peer))) await beginRecovery(unit, at);
}

/** Both statements are kept: what the peer signed, and what stood at that place before. */
export async function linkStopped(
  unit: StoreUnit,
  peer: ServiceId,
  { code, evidence }: EffectOf<'link-stopped'>,
  at: UnixMs,
): Promise<void> {
  const { of, epoch, sequence } = evidence;
  // A broken chain contradicts the batch before: that is what it does not follow.
  const place = { epoch, sequence: code === 'sequence-chain-broken' ? sequence - 1 : sequence };
  const known = await unit.signedHeader(of === 'batch' ? 'theirs' : 'ours', peer, place);
  await unit.keepEvidence(peer, { ...evidence, code, known }, at);
  await unit.appendJournal(nodeLine('link.stopped', peer, at, code));
}

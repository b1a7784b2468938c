import type { StoreUnit } from '#src/ports/store.ts';
import type { RecordHash, RecordId, UnixMs } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Place } from './here.ts';

/** ADM-2: lines of one peer under one code in each ten minutes of the clock; the door counts the others (ADM-1). */
const linesMax = 20;

/**
 * ADM-1: a message that is not taken leaves a line at the door and one in the journal, and its code goes back to the peer.
 * Nothing goes back for what was in a letter, which the peer carried unread, nor for what was a refusal itself.
 */
export async function refuseMessage(
  unit: StoreUnit,
  place: Place & { readonly isRefusal?: boolean },
  code: RefusalCode,
  at: UnixMs,
  about: { readonly id: RecordId; readonly hash: RecordHash } | null = null,
): Promise<void> {
  const { peer, epoch, sequence, index } = place;
  const record = about?.hash ?? null;
  if (place.within === undefined && !place.isRefusal) {
    await unit.enqueue(peer, { message: { type: 'refusal', epoch, sequence, index, record, code } }, at);
  }
  await noteRefusal(unit, peer, code, at, about);
}

/** The two lines alone. Of many alike the journal says once that it names no more of them (ADM-2). */
export async function noteRefusal(
  unit: StoreUnit,
  peer: Place['peer'],
  code: RefusalCode,
  at: UnixMs,
  about: { readonly id: RecordId; readonly hash: RecordHash } | null = null,
): Promise<void> {
  const times = await unit.noteInboundRefusal(peer, code, at);
  if (times > linesMax + 1) return;
  const act = about === null ? 'message.refused' : 'record.refused';
  const line = { at, actorKind: 'node', actor: null, service: peer, reason: code } as const;
  await unit.appendJournal(
    times > linesMax
      ? { ...line, act: 'message.more-refused', record: null, hash: null }
      : { ...line, act, record: about?.id ?? null, hash: about?.hash ?? null },
  );
}

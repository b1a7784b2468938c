import type { StoreUnit } from '#src/ports/store.ts';
import type { RecordHash, RecordId, UnixMs } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Place } from './here.ts';

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
  await unit.noteInboundRefusal(peer, code, at);
  await unit.appendJournal({
    at,
    actorKind: 'node',
    actor: null,
    act: about === null ? 'message.refused' : 'record.refused',
    record: about?.id ?? null,
    hash: record,
    service: peer,
    reason: code,
  });
}

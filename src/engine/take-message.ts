/** One message of a batch or of a letter: each is taken, or refused by itself with a code that goes back (ADM-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { mayBecome, readingTime } from '#src/protocol/release/delivery.ts';
import { togetherOrOneByOne } from './attempt.ts';
import type { Here, Place } from './here.ts';
import { journalLine } from './issue.ts';
import { listCopies, returnCopies, takeCopies, takeReturned } from './recovery.ts';
import { refuseMessage } from './refuse-message.ts';
import { giveMissing } from './skipped-revisions.ts';
import { takeCard } from './take-card.ts';
import { takeHolding } from './take-holding.ts';
import { takeKeys } from './take-keys.ts';
import { takeLetter } from './take-letter.ts';
import { takeRecord } from './take-record.ts';
import { takeRevision } from './take-revision.ts';

export interface Delivered<M extends Message = Message> {
  readonly message: M;
  readonly place: Place;
}

/** Messages of one batch or letter, in order. One that throws leaves nothing, and is refused; those around it are taken. */
export function takeMessages(unit: StoreUnit, delivered: readonly Delivered[], here: Here): Promise<void> {
  const each = {
    take: (part: StoreUnit, { message, place }: Delivered) => takeMessage(part, message, place, here),
    failed: (part: StoreUnit, { message, place }: Delivered) => {
      const refused = { ...place, isRefusal: message.type === 'refusal' };
      return refuseMessage(part, refused, 'message-not-taken', here.at);
    },
  };
  return togetherOrOneByOne(unit, delivered, each, here);
}

async function takeMessage(unit: StoreUnit, message: Message, place: Place, here: Here): Promise<void> {
  switch (message.type) {
    case 'record':
      return takeRecord(unit, { ...place, sdJwt: message.sdJwt }, here);
    case 'refusal':
      return takeRefusal(unit, message, place, here.at);
    case 'read-notice':
      return takeNotice(unit, message, place, here.at);
    case 'revision':
      return takeRevision(unit, message.jwt, place, here);
    case 'revision-wanted': {
      const code = await giveMissing(unit, message.record, place, here);
      return code === null ? undefined : refuseMessage(unit, place, code, here.at);
    }
    case 'card':
      return takeCard(unit, message.card, place, here);
    case 'letter':
      return takeLetter(unit, message, place, here, takeMessages);
    case 'holding':
      return takeHolding(unit, message.statement, place, here);
    case 'keys': {
      const taken = await takeKeys(unit, message.statement, here, here.at);
      return isRefusal(taken) ? refuseMessage(unit, place, taken.code, here.at) : undefined;
    }
    case 'recovery-wanted':
      return listCopies(unit, place.peer, message.after, here.at);
    case 'copies':
      return takeCopies(unit, place.peer, message, here);
    case 'copies-wanted': {
      const code = await returnCopies(unit, place.peer, message.hashes, here.at);
      return code === null ? undefined : refuseMessage(unit, place, code, here.at);
    }
    case 'returned': {
      const code = await takeReturned(unit, place.peer, message.sdJwt, here);
      return code === null ? undefined : refuseMessage(unit, place, code, here.at);
    }
    default:
      return refuseMessage(unit, place, 'message-type-unknown', here.at);
  }
}

/** REL-2: only of what was given to whoever says so. */
async function takeNotice(
  unit: StoreUnit,
  { record, readAt }: Extract<Message, { type: 'read-notice' }>,
  place: Place,
  at: UnixMs,
): Promise<void> {
  const given = (await unit.releasesGiven(place.peer, record)).filter(({ sentAt }) => sentAt !== null);
  if (given.length === 0) return refuseMessage(unit, place, 'link-target-unknown', at);
  for (const { id, sentAt, ...stands } of given) {
    if (sentAt === null || !mayBecome({ sentAt, ...stands }, 'read')) continue;
    await unit.releaseRead(id, readingTime(readAt, sentAt, at));
  }
}

async function takeRefusal(
  unit: StoreUnit,
  message: Extract<Message, { type: 'refusal' }>,
  { peer }: Place,
  at: UnixMs,
): Promise<void> {
  const release = await unit.releaseAt(peer, message.epoch, message.sequence, message.index);
  if (!release) return;
  const refused = await unit.release(release);
  const hash = refused?.reference.hash ?? '';
  // Of another record than the one that went there.
  if (message.record !== null && message.record !== hash) return;
  const given = (await unit.releasesGiven(peer, hash)).find(({ id }) => id === release);
  if (given === undefined || !mayBecome(given, 'refused')) return;
  await unit.releaseRefused(release, { code: message.code, by: peer }, at);
  const about = await unit.release(release);
  if (!about) return;
  const line = { id: about.reference.record, hash: about.reference.hash };
  await unit.appendJournal(journalLine(null, 'release.refused', line, at, { service: peer, reason: message.code }));
}

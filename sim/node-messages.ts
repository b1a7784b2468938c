import type { Message } from '#src/protocol/exchange/message.ts';
import type { AfterCommit } from './disk.ts';
import { type Arrived, refuseMessage } from './keeping.ts';
import { takeOrKeepHolding } from './late-holdings.ts';
import type { SimNode } from './node.ts';
import { giveMissing, takeRecord, takeRevision } from './node-records.ts';
import { listCopies, returnCopies, takeCopies, takeReturned } from './node-recovery.ts';
import { takeCard } from './onward.ts';
import { noteRefusal } from './sending.ts';
import { carryLetter, openLetter } from './ways.ts';

/** ADM-1: each message is taken, or refused by itself with a code that goes back. */
export function takeMessage(node: SimNode, message: Message, place: Arrived, after: AfterCommit): void {
  switch (message.type) {
    case 'record':
      takeRecord(node, { ...place, sdJwt: message.sdJwt }, after);
      return;
    case 'refusal':
      noteRefusal(node, place.peer, message);
      return;
    case 'read-notice':
      return;
    case 'recovery-wanted':
      listCopies(node, place.peer, message.after);
      return;
    case 'copies':
      takeCopies(node, place.peer, message, after);
      return;
    case 'copies-wanted':
      returnCopies(node, place.peer, message.hashes);
      return;
    case 'returned': {
      const code = takeReturned(node, place.peer, message.sdJwt, after);
      if (code !== null) refuseMessage(node, place, code, after);
      return;
    }
    case 'revision':
      takeRevision(node, message.jwt, place, after);
      return;
    case 'revision-wanted':
      giveMissing(node, message.record, place.peer);
      return;
    case 'card':
      takeCard(node, message.card, place, after);
      return;
    case 'holding':
      takeOrKeepHolding(node, message.statement, place, after);
      return;
    case 'letter': {
      if (message.to !== node.service) {
        carryLetter(node, message, place, after);
        return;
      }
      const messages = openLetter(node, message, place, after) ?? [];
      for (const [index, each] of messages.entries()) {
        const within = { ...place, within: index + 1 };
        if (typeof each === 'string') refuseMessage(node, within, each, after);
        else if (each.type === 'letter' && each.to === node.service) {
          refuseMessage(node, within, 'letter-nested-too-deep', after);
        } else takeMessage(node, each, within, after);
      }
      return;
    }
    default:
      refuseMessage(node, place, 'message-type-unknown', after);
  }
}

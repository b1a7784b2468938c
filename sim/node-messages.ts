import type { Message } from '#src/protocol/exchange/message.ts';
import type { AfterCommit } from './disk.ts';
import { type Arrived, refuseMessage } from './keeping.ts';
import type { SimNode } from './node.ts';
import { takeRecord } from './node-records.ts';
import { partnerIsDone, returnRecords, takeReturned } from './node-recovery.ts';
import { noteRefusal } from './sending.ts';

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
      returnRecords(node, place.peer, message.since);
      return;
    case 'returned': {
      const code = takeReturned(node, place.peer, message.sdJwt, after);
      if (code !== null) refuseMessage(node, place, code, after);
      return;
    }
    case 'recovery-done':
      partnerIsDone(node, place.peer, after);
      return;
    default:
      refuseMessage(node, place, 'message-type-unknown', after);
  }
}

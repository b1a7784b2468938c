import { jwsCompact } from '../jws.ts';
import type { Primitives, ServiceId } from '../primitives.ts';
import { nothingTaken } from './epoch.ts';
import { textHash } from './forms.ts';
import { receiveEnvelope } from './receive.ts';
import { giveUp, resume, sendAgain, sendQuery, sendQueued, sendSigned } from './send.ts';
import type { ExchangeContext, ExchangeEvent, LinkState, Step } from './state.ts';
import { refused } from './stop.ts';

/**
 * The exchange of one link: pure and total. It never throws, whatever bytes a peer sent; the same state, event and
 * context always give the same step. What the driver owes it stands at `ExchangeEffect`.
 */
export function step(state: LinkState, event: ExchangeEvent, context: ExchangeContext): Step {
  switch (event.type) {
    case 'messages-queued':
      return sendQueued(state, event, context);
    case 'batch-signed':
      return sendSigned(state, event, context);
    case 'envelope-opened':
      return receiveEnvelope(state, event, context);
    case 'receipt-signed':
      return answerWith(state, event);
    case 'query-signed':
      return sendQuery(state, event, context);
    case 'tick':
      return sendAgain(state, event, context);
    case 'give-up':
      return giveUp(state);
    case 'resume':
      return resume(state);
  }
}

/** A link on which nothing has passed yet. Both sides compute the same `link`. */
export function initialLink(self: ServiceId, peer: ServiceId, primitives: Primitives): LinkState {
  const link = textHash(self < peer ? `${self}${peer}` : `${peer}${self}`, primitives);
  return {
    self,
    peer,
    link,
    status: 'open',
    stoppedBy: null,
    out: {
      epoch: 1,
      next: 1,
      lastHash: null,
      receiptedThrough: 0,
      receiptedHash: null,
      base: nothingTaken,
      formed: nothingTaken,
      asking: null,
      unreceipted: [],
      signing: null,
      signingSince: null,
      lastSentAt: null,
      attempts: 0,
    },
    in: { epoch: 1, through: 0, lastHash: null, receipt: null, signing: null, answers: null },
  };
}

/** A receipt for less than we have by now is still true, so it still answers its envelope; only the newest is kept. */
function answerWith(state: LinkState, { of, signature }: Extract<ExchangeEvent, { type: 'receipt-signed' }>): Step {
  const { epoch, through } = of.claims;
  const receipt = jwsCompact(of.signingInput, signature);
  const newest = of.id === state.in.signing;
  const next = newest ? { ...state, in: { ...state.in, receipt, signing: null } } : state;
  if (state.status === 'stopped') return refused(next, 'link-stopped');
  return { state: next, effects: [{ type: 'reply', receipt, epoch, through }] };
}

import type { UnixMs } from '../primitives.ts';
import type { LinkState, ReceiptClaims, Step } from './state.ts';
import { refused, stopped } from './stop.ts';

/**
 * A receipt that the peer signed for this link. One that brings nothing new has no effect: whether it is old or says
 * that the peer lacks what comes next, the next due `tick` goes back to the first batch without a receipt (EXC-2).
 */
export function takeReceipt(state: LinkState, claims: ReceiptClaims, now: UnixMs): Step {
  const { out } = state;
  const { epoch, through, hash } = claims;
  if (epoch > out.epoch) return refused(state, 'epoch-unknown');
  // out of date, by reordering or replay: nothing follows from it
  if (epoch < out.epoch || through < out.receiptedThrough) return { state, effects: [] };
  if (through >= out.next) return stopped(state, 'receipt-ahead');

  if (through === out.receiptedThrough) {
    return hash === out.receiptedHash ? { state, effects: [] } : stopped(state, 'receipt-mismatch');
  }
  const batch = out.unreceipted.find(({ sequence }) => sequence === through);
  if (batch?.hash !== hash) return stopped(state, 'receipt-mismatch');

  const unreceipted = out.unreceipted.filter(({ sequence }) => sequence > through);
  return {
    state: {
      ...state,
      out: {
        ...out,
        receiptedThrough: through,
        receiptedHash: hash,
        unreceipted,
        lastSentAt: unreceipted.length === 0 ? null : now,
        attempts: 0,
      },
    },
    effects: [{ type: 'receipted', epoch, through, now }],
  };
}

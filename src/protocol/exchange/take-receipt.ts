import type { UnixMs } from '../primitives.ts';
import { isDue } from './send.ts';
import { type ExchangeEffect, exchangeLimits, type LinkState, type ReceiptClaims, type Step } from './state.ts';
import { refused, stopped } from './stop.ts';

/**
 * A receipt that the peer signed for this link. `answer`: it came back for something that we sent, so one that brings
 * nothing new means a gap; one carried along with the peer's own batch may simply be old.
 */
export function takeReceipt(state: LinkState, claims: ReceiptClaims, came: { now: UnixMs; answer: boolean }): Step {
  const { out } = state;
  const { epoch, through, hash } = claims;
  if (epoch > out.epoch) return refused(state, 'epoch-unknown');
  // out of date, by reordering or replay: nothing follows from it
  if (epoch < out.epoch || through < out.receiptedThrough) return { state, effects: [] };
  if (through >= out.next) return stopped(state, 'receipt-ahead');

  if (through === out.receiptedThrough) {
    if (hash !== out.receiptedHash) return stopped(state, 'receipt-mismatch');
    return came.answer ? goBack(state, came.now) : { state, effects: [] };
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
        lastSentAt: unreceipted.length === 0 ? null : came.now,
        attempts: 0,
      },
    },
    effects: [{ type: 'receipted', epoch, through, now: came.now }],
  };
}

/** EXC-2: the peer is there and lacks what comes next. At most once per shortest delay, so that replays cause no storm. */
function goBack(state: LinkState, now: UnixMs): Step {
  const { out } = state;
  const effects: ExchangeEffect[] = [];
  if (out.unreceipted.length === 0 || !isDue(out.lastSentAt, exchangeLimits.resendDelayMsMin, now)) {
    return { state, effects };
  }
  effects.push({ type: 'send', epoch: out.epoch, from: out.receiptedThrough + 1, through: out.next - 1 });
  return { state: { ...state, out: { ...out, lastSentAt: now } }, effects };
}

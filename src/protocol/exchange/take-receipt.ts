import type { UnixMs } from '../primitives.ts';
import { ask, confirmedOf, confirmedWhenAsked, isBefore, newEpoch } from './epoch.ts';
import type { Evidence, LinkState, Position, ReceiptClaims, Step } from './state.ts';
import { refused, stopped } from './stop.ts';

/**
 * A receipt that the peer signed for this link; `signed` is its JWS. One that brings nothing new has no effect: whether it
 * is old or says that the peer lacks what comes next, the next due `tick` goes back to the first batch without a receipt
 * (EXC-2).
 */
export function takeReceipt(before: LinkState, claims: ReceiptClaims, signed: string, now: UnixMs): Step {
  const { epoch, through, hash, answers } = claims;
  const evidence: Evidence = { of: 'receipt', epoch, sequence: through, signed };
  const position: Position = { epoch, through };
  const asked = confirmedWhenAsked(before.out, answers);
  if (isAhead(before, position)) return ahead(before, position, asked !== null, evidence);

  const isAnswer = answers !== null && before.out.asking?.binding === answers;
  const state = isAnswer ? { ...before, out: { ...before.out, asking: null } } : before;
  const { out } = state;
  const confirmed = confirmedOf(out);
  if (isBefore(position, confirmed)) return behind(state, position, asked);
  // of an epoch that we have left, because of batches that we gave up: the peer has not seen the new one yet
  if (epoch < out.epoch) return { state, effects: [] };

  if (through === out.receiptedThrough) {
    return hash === out.receiptedHash ? { state, effects: [] } : stopped(state, 'receipt-mismatch', evidence);
  }
  const batch = out.unreceipted.find(({ sequence }) => sequence === through);
  if (batch?.hash !== hash) return stopped(state, 'receipt-mismatch', evidence);

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

/** The peer has taken what we have never formed, as far as we know. */
function isAhead({ out }: LinkState, position: Position): boolean {
  const formed = position.epoch < out.epoch ? out.formed : { epoch: out.epoch, through: out.next - 1 };
  return isBefore(formed, position);
}

/**
 * EXC-4: while we ask where we stand, it tells us that our store is older than what we sent: we were restored, and begin
 * anew. While we do not, we have run without a break, and somebody else has spoken in our name.
 */
function ahead(state: LinkState, position: Position, isFresh: boolean, evidence: Evidence): Step {
  if (state.out.asking !== null) {
    // The answer to the query tells it for sure; what else comes meanwhile may be from before the restore.
    if (!isFresh) return { state, effects: [] };
    return newEpoch(state, confirmedOf(state.out), 'own-restore', position) ?? refused(state, 'epoch-unknown');
  }
  if (isFresh) return stopped(state, 'node-cloned', evidence);
  return position.epoch > state.out.epoch ? refused(state, 'epoch-unknown') : stopped(state, 'receipt-ahead', evidence);
}

/**
 * EXC-4: less than the peer confirmed before. Signed after it had confirmed that, it proves that the peer lost it; else it
 * may only be late, and an answer to a fresh query will tell. One that answers nothing of ours is late, or a repetition.
 */
function behind(state: LinkState, position: Position, asked: Position | null): Step {
  if (asked === null) return { state, effects: [] };
  if (!isBefore(position, asked)) return { state: ask(state), effects: [] };
  return newEpoch(state, position, 'peer-restored') ?? { state, effects: [] };
}

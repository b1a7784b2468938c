/** EXC-4: where a direction of a link stands, and how it begins anew. */
import { isSequence } from './forms.ts';
import type { Asking, EpochCause, LinkState, Position, Step } from './state.ts';

/** The beginning: nothing has been taken in any epoch. */
export const nothingTaken: Position = { epoch: 1, through: 0 };

/** What the peer has confirmed of our batches, over all epochs. */
export function confirmedOf(out: LinkState['out']): Position {
  return out.receiptedThrough > 0 ? { epoch: out.epoch, through: out.receiptedThrough } : out.base;
}

/** The last batch that was ever formed, as far as we know. */
export function formedOf(out: LinkState['out']): Position {
  return out.next > 1 ? { epoch: out.epoch, through: out.next - 1 } : out.formed;
}

export function isBefore(one: Position, other: Position): boolean {
  return one.epoch < other.epoch || (one.epoch === other.epoch && one.through < other.through);
}

/**
 * What the peer had confirmed when we made the envelope that a receipt answers; null where it answers nothing that we
 * made and still know. An honest receipt never says less than this, or its signer went back.
 */
export function confirmedWhenAsked(out: LinkState['out'], answers: string | null): Position | null {
  if (answers === null) return null;
  if (out.asking?.binding === answers) return out.asking.confirmedThen;
  return out.unreceipted.find(({ hash }) => hash === answers)?.confirmedThen ?? null;
}

/** A query becomes due: the next `tick` with a nonce forms it. Nothing changes where one is under way. */
export function ask(state: LinkState): LinkState {
  return state.out.asking === null ? askAnew(state) : state;
}

/** The same, whatever is under way: an answer to an earlier query proves nothing to this process. */
export function askAnew(state: LinkState): LinkState {
  const asking: Asking = {
    confirmedThen: confirmedOf(state.out),
    query: null,
    binding: null,
    epoch: state.out.epoch,
    next: state.out.next,
    signing: null,
    lastSentAt: null,
    attempts: 0,
  };
  return { ...state, out: { ...state.out, asking } };
}

/**
 * Batches after `after` begin again at sequence 1 of an epoch later than any that either side knows. `known`: what the peer
 * has taken in our name. Null where no later epoch could be written any more: no honest link gets there.
 */
export function newEpoch(
  state: LinkState,
  after: Position,
  cause: EpochCause,
  known: Position = nothingTaken,
): Step | null {
  const before = formedOf(state.out);
  const formed = isBefore(before, known) ? known : before;
  const epoch = Math.max(state.out.epoch, formed.epoch) + 1;
  if (!isSequence(epoch)) return null;
  return {
    state: {
      ...state,
      out: {
        epoch,
        next: 1,
        lastHash: null,
        receiptedThrough: 0,
        receiptedHash: null,
        base: after,
        formed,
        asking: null,
        unreceipted: [],
        signing: null,
        signingSince: null,
        lastSentAt: null,
        attempts: 0,
      },
    },
    effects: [{ type: 'new-epoch', epoch, after, cause }],
  };
}

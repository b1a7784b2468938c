import { jwsCompact } from '../jws.ts';
import type { UnixMs } from '../primitives.ts';
import { formBatch, signedBatch } from './batch.ts';
import { ask, askAnew, confirmedOf, newEpoch } from './epoch.ts';
import { textHash } from './forms.ts';
import { formQuery } from './query.ts';
import { formReceipt } from './receipt.ts';
import {
  type ExchangeContext,
  type ExchangeEffect,
  type ExchangeEvent,
  exchangeLimits,
  type LinkState,
  type Step,
} from './state.ts';

type EventOf<T extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: T }>;

/** Proposes one batch for signing. Whatever it does not name stays queued: a full window loses nothing (EXC-3). */
export function sendQueued(state: LinkState, event: EventOf<'messages-queued'>, context: ExchangeContext): Step {
  const { carrier = 'link' } = context;
  // EXC-4: before the peer has said what it has of us, a sequence might be one that it has already. What is carried by
  // hand cannot wait for that: its query goes along.
  const mayForm = state.out.asking === null || carrier !== 'link';
  const idle = state.status === 'open' && state.out.signing === null && mayForm;
  const { windowMax, windowOneWayMax } = exchangeLimits;
  const window = carrier === 'one-way' ? windowOneWayMax : windowMax;
  if (!idle || state.out.unreceipted.length >= window) return { state, effects: [] };
  const batch = formBatch(state, event.messages, context);
  if (batch === null) return { state, effects: [] };
  return {
    state: { ...state, out: { ...state.out, signing: batch.id, signingSince: event.now } },
    effects: [batch],
  };
}

/** The signed batch gets its sequence for good, is stored and sent. A signature that was given up has no effect. */
export function sendSigned(state: LinkState, event: EventOf<'batch-signed'>, context: ExchangeContext): Step {
  if (event.of.id !== state.out.signing) return { state, effects: [] };
  const out = { ...state.out, signing: null, signingSince: null };
  if (state.status === 'stopped') return { state: { ...state, out }, effects: [] };

  const { header, payload, messageIds } = event.of;
  const { signedHeader, hash } = signedBatch(event.of, event.signature, context);
  const { epoch, sequence } = header;
  const unreceipted = [...out.unreceipted, { sequence, hash, confirmedThen: confirmedOf(out) }];
  // while a resend has gone unanswered the peer may lack the batches before, and a batch after a gap is sent in vain
  const alone = out.attempts === 0;
  const from = alone ? sequence : out.receiptedThrough + 1;
  const lastSentAt = alone && out.unreceipted.length > 0 ? out.lastSentAt : event.now;
  return {
    state: { ...state, out: { ...out, next: sequence + 1, lastHash: hash, unreceipted, lastSentAt } },
    effects: [
      { type: 'store-batch', epoch, sequence, hash, signedHeader, payload, messageIds },
      { type: 'send', epoch, from, through: sequence },
    ],
  };
}

/** Gives up a lost signature, asks again for a lost receipt, and resends what has had no receipt for too long. */
export function sendAgain(before: LinkState, event: EventOf<'tick'>, context: ExchangeContext): Step {
  if (before.status === 'stopped') return { state: before, effects: [] };
  const state = event.restarted === true && event.nonce !== undefined ? askAnew(before) : before;
  const effects: ExchangeEffect[] = [];
  let out = state.out;
  // Nothing of an unstored batch ever left this node, so its sequence is free and its messages are still queued.
  const { signingSince } = out;
  const abandoned = event.restarted === true || isDue(signingSince, exchangeLimits.signingMsMax, event.now);
  if (out.signing !== null && abandoned) out = { ...out, signing: null, signingSince: null };
  if (state.in.signing !== null) effects.push(formReceipt(state, state.in.answers, context));
  const asked = askAgain({ ...state, out }, event, context);
  effects.push(...asked.effects);
  out = asked.state.out;
  const due = event.restarted === true || isDue(out.lastSentAt, resendDelayMs(out.attempts), event.now);
  if (out.unreceipted.length > 0 && due) {
    effects.push({ type: 'send', epoch: out.epoch, from: out.receiptedThrough + 1, through: out.next - 1 });
    out = { ...out, lastSentAt: event.now, attempts: out.attempts + 1 };
  }
  return { state: out === state.out ? state : { ...state, out }, effects };
}

/** EXC-4: forms the query that is due, or sends the one that has had no answer again, as slowly as batches are. */
function askAgain(state: LinkState, event: EventOf<'tick'>, context: ExchangeContext): Step {
  const { asking } = state.out;
  if (asking === null) return { state, effects: [] };
  const { query, epoch, next, signing, lastSentAt, attempts } = asking;
  if (query === null) {
    const underWay = signing !== null && !isDue(lastSentAt, exchangeLimits.signingMsMax, event.now);
    if (event.nonce === undefined || underWay) return { state, effects: [] };
    const of = formQuery(state, event.nonce, context);
    const place = { epoch: of.claims.epoch, next: of.claims.next };
    const signed = {
      ...asking,
      ...place,
      confirmedThen: confirmedOf(state.out),
      signing: of.id,
      lastSentAt: event.now,
    };
    return { state: { ...state, out: { ...state.out, asking: signed } }, effects: [of] };
  }
  if (!isDue(lastSentAt, resendDelayMs(attempts), event.now)) return { state, effects: [] };
  const again = { ...asking, lastSentAt: event.now, attempts: attempts + 1 };
  return {
    state: { ...state, out: { ...state.out, asking: again } },
    effects: [{ type: 'send-query', query, epoch, next }],
  };
}

/** The signed query is kept and sent; one that is no longer asked has no effect. */
export function sendQuery(state: LinkState, event: EventOf<'query-signed'>, context: ExchangeContext): Step {
  const { asking } = state.out;
  if (state.status === 'stopped' || asking === null || asking.signing !== event.of.id) return { state, effects: [] };
  const query = jwsCompact(event.of.signingInput, event.signature);
  const binding = textHash(query, context.primitives);
  const sent = { ...asking, query, binding, signing: null, lastSentAt: event.now };
  const { epoch, next } = event.of.claims;
  return {
    state: { ...state, out: { ...state.out, asking: sent } },
    effects: [{ type: 'send-query', query, epoch, next }],
  };
}

/** REL-1: what has no receipt is sent no more as it is; each of its messages is decided on again. */
export function giveUp(state: LinkState): Step {
  if (state.status === 'stopped' || state.out.unreceipted.length === 0) return { state, effects: [] };
  const begun = newEpoch(state, confirmedOf(state.out), 'given-up');
  if (begun === null) return { state, effects: [] };
  // what we ask is still open: the answer speaks of all epochs
  const { asking } = state.out;
  // EXC-4: a peer that was restored meanwhile would take the new epoch, and what it lost before it would never show. So
  // it says first what it has.
  return { state: ask({ ...begun.state, out: { ...begun.state.out, asking } }), effects: begun.effects };
}

/**
 * EXC-4: officers have spoken. What had no receipt begins anew, and not before the peer has said which epochs it knows:
 * whoever spoke in our name may have used some.
 */
export function resume(state: LinkState): Step {
  const begun = newEpoch(state, confirmedOf(state.out), 'resumed');
  if (begun === null) return { state, effects: [] };
  return { state: askAnew({ ...begun.state, status: 'open', stoppedBy: null }), effects: begun.effects };
}

/** Doubles with every resend that brought nothing, between the limits. */
export function resendDelayMs(attempts: number): number {
  const { resendDelayMsMin, resendDelayMsMax } = exchangeLimits;
  return Math.min(resendDelayMsMax, resendDelayMsMin * 2 ** Math.min(attempts, 30));
}

/** A clock that was set back must not silence a link for as long as it was wrong: time that runs backwards is due. */
export function isDue(since: UnixMs | null, delayMs: number, now: UnixMs): boolean {
  return since === null || now - since >= delayMs || now < since;
}

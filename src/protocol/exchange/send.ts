import type { UnixMs } from '../primitives.ts';
import { formBatch, signedBatch } from './batch.ts';
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
  const idle = state.status === 'open' && state.out.signing === null;
  if (!idle || state.out.unreceipted.length >= exchangeLimits.windowMax) return { state, effects: [] };
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
  const unreceipted = [...out.unreceipted, { sequence, hash }];
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
export function sendAgain(state: LinkState, event: EventOf<'tick'>, context: ExchangeContext): Step {
  if (state.status === 'stopped') return { state, effects: [] };
  const effects: ExchangeEffect[] = [];
  let out = state.out;

  // Nothing of an unstored batch ever left this node, so its sequence is free and its messages are still queued.
  const { signingSince } = out;
  const abandoned = event.restarted === true || isDue(signingSince, exchangeLimits.signingMsMax, event.now);
  if (out.signing !== null && abandoned) out = { ...out, signing: null, signingSince: null };

  if (state.in.signing !== null) effects.push(formReceipt(state, context));

  const due = event.restarted === true || isDue(out.lastSentAt, resendDelayMs(out.attempts), event.now);
  if (out.unreceipted.length > 0 && due) {
    effects.push({ type: 'send', epoch: out.epoch, from: out.receiptedThrough + 1, through: out.next - 1 });
    out = { ...out, lastSentAt: event.now, attempts: out.attempts + 1 };
  }
  return { state: out === state.out ? state : { ...state, out }, effects };
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

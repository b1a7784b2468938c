import { base64url } from '../encoding.ts';
import { verifyJws } from '../jws.ts';
import type { RefusalCode } from '../refusal.ts';
import { batchType, type Payload, readBatchHeader, readPayload } from './batch.ts';
import { ask, confirmedOf, isBefore } from './epoch.ts';
import { textHash } from './forms.ts';
import { payloadOf, signedHeaderOf } from './plaintext.ts';
import { verifyQuery } from './query.ts';
import { mayBeRefused, readMessage } from './read-message.ts';
import { formReceipt, verifyReceipt } from './receipt.ts';
import type {
  BatchHeader,
  EnvelopeHeader,
  ExchangeContext,
  ExchangeEffect,
  ExchangeEvent,
  LinkState,
  Step,
} from './state.ts';
import { refused, stopped } from './stop.ts';
import { takeReceipt } from './take-receipt.ts';

type Opened = Extract<ExchangeEvent, { type: 'envelope-opened' }>;

/** An opened envelope from the network: whoever sealed it proves nothing until the signature inside is verified (EXC-1). */
export function receiveEnvelope(state: LinkState, event: Opened, context: ExchangeContext): Step {
  const { header, plaintext } = event;
  if (state.status === 'stopped') return refused(state, 'link-stopped');
  if (header.from !== state.peer || header.to !== state.self || header.link !== state.link) {
    return refused(state, 'envelope-not-for-us');
  }
  // KEY-1: the driver has taken the statement, which proves itself; all that is due is the answer.
  if (header.type === 'keys') return answer(state, header.binding, context);
  const signed = signedHeaderOf(plaintext);
  if (signed === null) return refused(state, 'envelope-malformed');
  if (textHash(signed, context.primitives) !== header.binding) return refused(state, 'envelope-binding-mismatch');
  switch (header.type) {
    case 'batch':
      return receiveBatch(state, event, signed, context);
    case 'receipt':
      return receiveReceipt(state, event, signed, context);
    case 'query':
      return receiveQuery(state, event, signed, context);
  }
}

function receiveReceipt(state: LinkState, event: Opened, signed: string, context: ExchangeContext): Step {
  const claims = verifyReceipt(signed, state, context);
  if (claims === null) return refused(state, 'receipt-invalid');
  if (claims.epoch !== event.header.epoch || claims.through !== event.header.sequence) {
    return refused(state, 'envelope-binding-mismatch');
  }
  if (payloadOf(event.plaintext, signed, 0) === null) return refused(state, 'envelope-malformed');
  return takeReceipt(state, claims, signed, event.now);
}

/** EXC-4: the peer asks where we stand; a signature made for this very query tells it. */
function receiveQuery(state: LinkState, event: Opened, signed: string, context: ExchangeContext): Step {
  const claims = verifyQuery(signed, state, context);
  if (claims === null) return refused(state, 'query-invalid');
  if (claims.epoch !== event.header.epoch || claims.next !== event.header.sequence) {
    return refused(state, 'envelope-binding-mismatch');
  }
  if (payloadOf(event.plaintext, signed, 0) === null) return refused(state, 'envelope-malformed');
  // A query may be an old one, sent again by a courier: that the peer lost something, only its answer to ours proves.
  const taken = { epoch: claims.takenEpoch, through: claims.takenThrough };
  const asking = isBefore(taken, confirmedOf(state.out)) ? ask(state) : state;
  return answer({ ...asking, out: dueNow(asking.out) }, event.header.binding, context);
}

function receiveBatch(state: LinkState, event: Opened, signed: string, context: ExchangeContext): Step {
  const believed = believedBatch(event, signed, context);
  if (typeof believed === 'string') return refused(state, believed);
  const { header, payload } = believed;

  const binding = event.header.binding;
  const { epoch, through, lastHash } = state.in;
  if (header.epoch > epoch) {
    // EXC-4: an epoch begins with its first batch; without it our receipt says what we have, as with any gap
    if (header.sequence > 1) return answer(state, binding, context);
    const begun = { ...state, in: { ...state.in, epoch: header.epoch, through: 0, lastHash: null } };
    // what made the peer begin anew may have cost it what we had sent
    return takeBatch(ask(begun), event, signed, header, payload, context);
  }
  if (header.epoch < epoch || header.sequence <= through) {
    const isNewest = header.epoch === epoch && header.sequence === through;
    const known = isNewest ? lastHash : event.knownHash;
    // EXC-4: two signed batches under one sequence
    if (known !== null && known !== binding) {
      const { epoch, sequence } = header;
      return stopped(state, 'sequence-reused', { of: 'batch', epoch, sequence, signed });
    }
    // one of an epoch that is over and that we never took was given up by its sender, who sends its messages anew
    return answer(state, binding, context);
  }
  // EXC-2: nothing is taken ahead of a gap; our receipt tells the sender where to go back to
  if (header.sequence > through + 1) return answer(state, binding, context);
  if (header.previous !== lastHash) {
    return stopped(state, 'sequence-chain-broken', { of: 'batch', epoch, sequence: header.sequence, signed });
  }
  return takeBatch(state, event, signed, header, payload, context);
}

/** The signed header and payload of a batch, when every byte of the envelope is accounted for by the peer's signature. */
function believedBatch(
  { header: outer, plaintext }: Opened,
  signed: string,
  { peerKey, primitives }: ExchangeContext,
): { header: BatchHeader; payload: Uint8Array } | RefusalCode {
  const verified = verifyJws(signed, batchType, peerKey, primitives);
  if (verified === 'malformed') return 'envelope-malformed';
  if (verified === 'key-unknown') return 'envelope-key-unknown';
  if (verified === 'signature-invalid') return 'envelope-signature-invalid';

  const header = readBatchHeader(verified.payload);
  if (header === null) return 'envelope-malformed';
  if (!agree(outer, header)) return 'envelope-binding-mismatch';
  const payload = payloadOf(plaintext, signed, header.payloadBytes);
  if (payload === null) return 'envelope-malformed';
  if (base64url(primitives.sha256(payload)) !== header.payloadDigest) return 'envelope-binding-mismatch';
  return { header, payload };
}

/** What stands in clear outside must be what was signed inside, or a courier could relabel an envelope. */
function agree(outer: EnvelopeHeader, inner: BatchHeader): boolean {
  const fields = ['from', 'to', 'link', 'epoch', 'sequence'] as const;
  return fields.every((field) => outer[field] === inner[field]);
}

function takeBatch(
  before: LinkState,
  event: Opened,
  signedHeader: string,
  header: BatchHeader,
  bytes: Uint8Array,
  context: ExchangeContext,
): Step {
  const payload = readPayload(bytes, header.messages);
  const carried = typeof payload === 'string' ? null : carriedReceipt(before, payload, event, context);
  // a lie about our own batches stops the link before this batch has any effect
  if (carried?.state.status === 'stopped') return carried;

  const { epoch, sequence } = header;
  const hash = event.header.binding;
  const state = carried?.state ?? before;
  const taken: LinkState = {
    ...state,
    in: { ...state.in, through: sequence, lastHash: hash },
    out: dueNow(state.out),
  };
  const answered = answer(taken, hash, context);
  return {
    state: answered.state,
    effects: [
      ...(carried?.effects ?? []),
      { type: 'record-batch', epoch, sequence, hash, signedHeader },
      ...takenMessages(header, payload),
      ...answered.effects,
    ],
  };
}

/** The peer is there again: what has gone unanswered need not wait for the end of a long delay. */
function dueNow(out: LinkState['out']): LinkState['out'] {
  return out.attempts > 0 ? { ...out, lastSentAt: null } : out;
}

function carriedReceipt(state: LinkState, payload: Payload, event: Opened, context: ExchangeContext): Step | null {
  const { receipt } = payload;
  const claims = receipt === null ? null : verifyReceipt(receipt, state, context);
  if (receipt === null || claims === null) return null;
  const taken = takeReceipt(state, claims, receipt, event.now);
  // of an epoch that never was, or no receipt of ours at all: the batch around it is good by itself
  const isStopped = taken.state.status === 'stopped';
  return !isStopped && taken.effects.some(({ type }) => type === 'refused') ? null : taken;
}

/** ADM-1: each message is delivered or refused by itself; a payload that cannot be read refuses each of its messages. */
function takenMessages(header: BatchHeader, payload: Payload | RefusalCode): ExchangeEffect[] {
  const { epoch, sequence } = header;
  const effects: ExchangeEffect[] = [];
  for (let index = 0; index < header.messages; index++) {
    const written = typeof payload === 'string' ? null : payload.messages[index];
    const message = typeof payload === 'string' ? payload : readMessage(written);
    if (typeof message !== 'string') {
      effects.push({ type: 'deliver', epoch, sequence, index, message });
    } else if (mayBeRefused(written)) {
      const refusal = { type: 'refusal', epoch, sequence, index, record: null, code: message } as const;
      effects.push({ type: 'queue', message: refusal });
    }
  }
  return effects;
}

/** Our receipt for all that is taken, signed anew for what it answers: its reader tells by that how old it can be. */
function answer(state: LinkState, answers: string, context: ExchangeContext): Step {
  const receipt = formReceipt(state, answers, context);
  return { state: { ...state, in: { ...state.in, signing: receipt.id, answers } }, effects: [receipt] };
}

import { base64url } from '../encoding.ts';
import { verifyJws } from '../jws.ts';
import type { RefusalCode } from '../refusal.ts';
import { batchType, type Payload, readBatchHeader, readPayload } from './batch.ts';
import { textHash } from './forms.ts';
import { payloadOf, signedHeaderOf } from './plaintext.ts';
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
  const signed = signedHeaderOf(plaintext);
  if (signed === null) return refused(state, 'envelope-malformed');
  if (textHash(signed, context.primitives) !== header.binding) return refused(state, 'envelope-binding-mismatch');
  return header.type === 'receipt'
    ? receiveReceipt(state, event, signed, context)
    : receiveBatch(state, event, signed, context);
}

function receiveReceipt(state: LinkState, event: Opened, signed: string, context: ExchangeContext): Step {
  const claims = verifyReceipt(signed, state, context);
  if (claims === null) return refused(state, 'receipt-invalid');
  if (claims.epoch !== event.header.epoch || claims.through !== event.header.sequence) {
    return refused(state, 'envelope-binding-mismatch');
  }
  if (payloadOf(event.plaintext, signed, 0) === null) return refused(state, 'envelope-malformed');
  return takeReceipt(state, claims, event.now);
}

function receiveBatch(state: LinkState, event: Opened, signed: string, context: ExchangeContext): Step {
  const believed = believedBatch(event, signed, context);
  if (typeof believed === 'string') return refused(state, believed);
  const { header, payload } = believed;

  if (header.epoch !== state.in.epoch) return refused(state, 'epoch-unknown');
  const { through, lastHash } = state.in;
  if (header.sequence <= through) {
    const known = header.sequence === through ? lastHash : event.knownHash;
    // EXC-4: two signed batches under one sequence
    if (known !== null && known !== event.header.binding) return stopped(state, 'sequence-reused');
    return answer(state, context);
  }
  // EXC-2: nothing is taken ahead of a gap; our receipt tells the sender where to go back to
  if (header.sequence > through + 1) return answer(state, context);
  if (header.previous !== lastHash) return stopped(state, 'sequence-chain-broken');
  return takeBatch(state, event, header, payload, context);
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
  const receipt = formReceipt(taken, context);
  return {
    state: { ...taken, in: { ...taken.in, signing: receipt.id } },
    effects: [
      ...(carried?.effects ?? []),
      { type: 'record-batch', epoch, sequence, hash },
      ...takenMessages(header, payload),
      receipt,
    ],
  };
}

/** The peer is there again: what has gone unanswered need not wait for the end of a long delay. */
function dueNow(out: LinkState['out']): LinkState['out'] {
  return out.attempts > 0 ? { ...out, lastSentAt: null } : out;
}

function carriedReceipt(state: LinkState, payload: Payload, event: Opened, context: ExchangeContext): Step | null {
  const claims = payload.receipt === null ? null : verifyReceipt(payload.receipt, state, context);
  // of another epoch, or no receipt of ours at all: the batch around it is good by itself
  return claims?.epoch === state.out.epoch ? takeReceipt(state, claims, event.now) : null;
}

/** ADM-1: each message is delivered or refused by itself; a payload that cannot be read refuses each of its messages. */
function takenMessages(header: BatchHeader, payload: Payload | RefusalCode): ExchangeEffect[] {
  const { sequence } = header;
  const effects: ExchangeEffect[] = [];
  for (let index = 0; index < header.messages; index++) {
    const written = typeof payload === 'string' ? null : payload.messages[index];
    const message = typeof payload === 'string' ? payload : readMessage(written);
    if (typeof message !== 'string') {
      effects.push({ type: 'deliver', sequence, index, message });
    } else if (mayBeRefused(written)) {
      effects.push({ type: 'queue', message: { type: 'refusal', sequence, index, record: null, code: message } });
    }
  }
  return effects;
}

/** Our receipt for all that is taken: the one at hand, or a new signature where there is none for this state yet. */
function answer(state: LinkState, context: ExchangeContext): Step {
  const { receipt, signing, epoch, through } = state.in;
  if (receipt !== null && signing === null) {
    return { state, effects: [{ type: 'reply', receipt, epoch, through }] };
  }
  const again = formReceipt(state, context);
  return { state: { ...state, in: { ...state.in, signing: again.id } }, effects: [again] };
}

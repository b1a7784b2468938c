import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { base64url, utf8 } from '../encoding.ts';
import { jwsCompact, jwsSigningInput } from '../jws.ts';
import type { Json } from '../primitives.ts';
import type { RefusalCode } from '../refusal.ts';
import { hasExactly, isCount, isHash, isSequence, textHash } from './forms.ts';
import {
  type BatchHeader,
  type ExchangeContext,
  exchangeLimits,
  type LinkState,
  type QueuedMessage,
  type SignBatch,
} from './state.ts';

/** JWS `typ` of the signed header of a batch. */
export const batchType = 'tansiq-batch';

/** The next batch of this link, of as many of the messages as one batch holds; null when not even the first fits. */
export function formBatch(
  state: LinkState,
  queued: readonly QueuedMessage[],
  context: ExchangeContext,
): SignBatch | null {
  const chosen = fitting(queued, state.in.receipt);
  if (chosen.length === 0) return null;
  const payload = encodePayload(chosen, state.in.receipt);
  const { self, peer, link, out } = state;
  const header: BatchHeader = {
    v: 1,
    from: self,
    to: peer,
    link,
    epoch: out.epoch,
    sequence: out.next,
    previous: out.lastHash,
    payloadDigest: base64url(context.primitives.sha256(payload)),
    payloadBytes: payload.length,
    messages: chosen.length,
  };
  const text = canonicalJson({ ...header });
  return {
    type: 'sign-batch',
    // of its content, so that a signature can never come back for another proposal with the same sequence
    id: `batch ${textHash(text, context.primitives)}`,
    signingInput: jwsSigningInput(batchType, context.signingKeyId, text),
    header,
    payload,
    messageIds: chosen.map(({ id }) => id),
  };
}

/** The signed header and the batch's hash: what the envelope's `binding` is. */
export function signedBatch(of: SignBatch, signature: Uint8Array, context: ExchangeContext) {
  const signedHeader = jwsCompact(of.signingInput, signature);
  return { signedHeader, hash: textHash(signedHeader, context.primitives) };
}

/** The longest prefix of the queue within the limits: order is never changed. */
function fitting(queued: readonly QueuedMessage[], receipt: string | null): readonly QueuedMessage[] {
  let bytes = encodePayload([], receipt).length;
  let count = 0;
  for (const { message } of queued.slice(0, exchangeLimits.messagesPerBatchMax)) {
    const comma = count === 0 ? 0 : 1;
    bytes += comma + utf8(canonicalJson(message)).length;
    if (bytes > exchangeLimits.payloadBytesMax) break;
    count++;
  }
  return queued.slice(0, count);
}

function encodePayload(queued: readonly QueuedMessage[], receipt: string | null): Uint8Array {
  return utf8(canonicalJson({ messages: queued.map(({ message }) => message), receipt }));
}

/** A header whose signature was verified; null unless it has exactly the closed form. */
export function readBatchHeader(bytes: Uint8Array): BatchHeader | null {
  const value = parseCanonicalJson(bytes, { depthMax: 1, bytesMax: exchangeLimits.headerBytesMax });
  const fields = [
    'v',
    'from',
    'to',
    'link',
    'epoch',
    'sequence',
    'previous',
    'payloadDigest',
    'payloadBytes',
    'messages',
  ];
  if (!hasExactly(value, fields) || value.v !== 1) return null;
  const { from, to, link, epoch, sequence, previous, payloadDigest, payloadBytes, messages } = value;
  if (!isHash(from) || !isHash(to) || !isHash(link) || !isSequence(epoch) || !isSequence(sequence)) return null;
  if (!isHash(payloadDigest) || !isCount(payloadBytes) || payloadBytes > exchangeLimits.payloadBytesMax) return null;
  if (!isSequence(messages) || messages > exchangeLimits.messagesPerBatchMax) return null;
  if (sequence === 1 ? previous !== null : !isHash(previous)) return null;
  return {
    v: 1,
    from,
    to,
    link,
    epoch,
    sequence,
    previous: previous as string | null,
    payloadDigest,
    payloadBytes,
    messages,
  };
}

export interface Payload {
  readonly messages: readonly Json[];
  readonly receipt: string | null;
}

/** The payload of a verified header, its messages still unread; a code refuses every message of it alike. */
export function readPayload(bytes: Uint8Array, messages: number): Payload | RefusalCode {
  const value = parseCanonicalJson(bytes, {
    depthMax: exchangeLimits.payloadDepthMax,
    bytesMax: exchangeLimits.payloadBytesMax,
  });
  if (value === 'too-deep') return 'payload-too-deep';
  if (!hasExactly(value, ['messages', 'receipt'])) return 'payload-malformed';
  const { messages: list, receipt } = value;
  if (!Array.isArray(list) || list.length !== messages) return 'payload-malformed';
  if (!(receipt === null || typeof receipt === 'string')) return 'payload-malformed';
  return { messages: list as readonly Json[], receipt };
}

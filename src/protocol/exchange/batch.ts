import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { ascii, base64url, concatBytes, utf8 } from '../encoding.ts';
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

const payloadStart = ascii('{"messages":[');

/** The next batch of this link, of as many of the messages as one batch holds; null when not even the first fits. */
export function formBatch(
  state: LinkState,
  queued: readonly QueuedMessage[],
  context: ExchangeContext,
): SignBatch | null {
  const { payload, messageIds } = fillPayload(queued, state.in.receipt);
  if (messageIds.length === 0) return null;
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
    messages: messageIds.length,
  };
  const text = canonicalJson({ ...header });
  return {
    type: 'sign-batch',
    // of its content, so that a signature can never come back for another proposal with the same sequence
    id: `batch ${textHash(text, context.primitives)}`,
    signingInput: jwsSigningInput(batchType, context.signingKeyId, text),
    header,
    payload,
    messageIds,
  };
}

/** The signed header and the batch's hash: what the envelope's `binding` is. */
export function signedBatch(of: SignBatch, signature: Uint8Array, context: ExchangeContext) {
  const signedHeader = jwsCompact(of.signingInput, signature);
  return { signedHeader, hash: textHash(signedHeader, context.primitives) };
}

/** Canonical JSON of the longest prefix of the queue that fits: each message is encoded once, order is never changed. */
function fillPayload(queued: readonly QueuedMessage[], receipt: string | null) {
  const end = utf8(`],"receipt":${canonicalJson(receipt)}}`);
  const parts: Uint8Array[] = [];
  let bytes = payloadStart.length + end.length;
  for (const { message } of queued.slice(0, exchangeLimits.messagesPerBatchMax)) {
    const part = utf8((parts.length === 0 ? '' : ',') + canonicalJson(message));
    bytes += part.length;
    if (bytes > exchangeLimits.payloadBytesMax) break;
    parts.push(part);
  }
  return {
    payload: concatBytes(payloadStart, ...parts, end),
    messageIds: queued.slice(0, parts.length).map(({ id }) => id),
  };
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

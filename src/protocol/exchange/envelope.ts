import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { ascii, concatBytes, utf8 } from '../encoding.ts';
import type { Json, KeyId, Primitives } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { hasExactly, isCount, isHash, isSequence, textHash } from './forms.ts';
import {
  type BatchHeader,
  type EnvelopeHeader,
  exchangeLimits,
  type QueryClaims,
  type ReceiptClaims,
  sealingSuite,
} from './state.ts';

/** First bytes of every envelope and every `.tansiq` file. */
const magic = ascii('TANSIQ1\n');
const family = ascii('TANSIQ');

export interface Envelope {
  readonly header: EnvelopeHeader;
  /** The header's own bytes: HPKE `info`. */
  readonly info: Uint8Array;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The bytes of a header, as they stand in the envelope and as HPKE binds them. */
export function envelopeInfo(header: EnvelopeHeader): Uint8Array {
  return utf8(canonicalJson({ ...header }));
}

/** Header of the envelope for a batch of ours; `key` is the recipient's sealing key, `hash` the batch's hash. */
export function batchEnvelopeHeader(
  batch: Pick<BatchHeader, 'from' | 'to' | 'link' | 'epoch' | 'sequence'>,
  hash: string,
  key: KeyId,
): EnvelopeHeader {
  const { from, to, link, epoch, sequence } = batch;
  return { v: 1, suite: sealingSuite, type: 'batch', from, to, link, key, epoch, sequence, binding: hash };
}

/** Header of the envelope that carries our signed receipt back. */
export function receiptEnvelopeHeader(
  claims: Pick<ReceiptClaims, 'from' | 'to' | 'link' | 'epoch' | 'through'>,
  receipt: string,
  key: KeyId,
  primitives: Primitives,
): EnvelopeHeader {
  const { from, to, link, epoch, through } = claims;
  const binding = textHash(receipt, primitives);
  return { v: 1, suite: sealingSuite, type: 'receipt', from, to, link, key, epoch, sequence: through, binding };
}

/** Header of the envelope that carries our signed query. */
export function queryEnvelopeHeader(
  claims: Pick<QueryClaims, 'from' | 'to' | 'link' | 'epoch' | 'next'>,
  query: string,
  key: KeyId,
  primitives: Primitives,
): EnvelopeHeader {
  const { from, to, link, epoch, next } = claims;
  const binding = textHash(query, primitives);
  return { v: 1, suite: sealingSuite, type: 'query', from, to, link, key, epoch, sequence: next, binding };
}

/** Header of the envelope that carries a statement of our keys (KEY-1). It belongs to no epoch, so it always names the first. */
export function keysEnvelopeHeader(
  route: Pick<BatchHeader, 'from' | 'to' | 'link'> & { readonly version: number },
  statement: string,
  key: KeyId,
  primitives: Primitives,
): EnvelopeHeader {
  const { from, to, link, version } = route;
  const binding = textHash(statement, primitives);
  return { v: 1, suite: sealingSuite, type: 'keys', from, to, link, key, epoch: 1, sequence: version, binding };
}

/** `TANSIQ1\n`, uint32 header length, header, uint16 enc length, enc, ciphertext; integers big-endian. */
export function encodeEnvelope(header: EnvelopeHeader, enc: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const info = envelopeInfo(header);
  return concatBytes(magic, bigEndian(info.length, 4), info, bigEndian(enc.length, 2), enc, ciphertext);
}

/** Reads an envelope from a stranger: every field is checked for form, nothing is believed. */
export function decodeEnvelope(bytes: Uint8Array): Envelope | Refusal {
  if (bytes.length > exchangeLimits.envelopeBytesMax) {
    return refuse('envelope-too-large', { limit: exchangeLimits.envelopeBytesMax });
  }
  if (!startsWith(bytes, family)) return refuse('envelope-malformed');
  if (!startsWith(bytes, magic)) return refuse('envelope-version-unknown');

  const infoStart = magic.length + 4;
  const infoLength = readBigEndian(bytes, magic.length, 4);
  if (infoLength === null || infoLength > exchangeLimits.headerBytesMax) return refuse('envelope-malformed');
  const encStart = infoStart + infoLength + 2;
  const encLength = readBigEndian(bytes, infoStart + infoLength, 2);
  if (encLength === null || encStart + encLength >= bytes.length) return refuse('envelope-malformed');

  const info = bytes.slice(infoStart, infoStart + infoLength);
  const header = readHeader(parseCanonicalJson(info, { depthMax: 1, bytesMax: exchangeLimits.headerBytesMax }));
  if ('refused' in header) return header;
  const enc = bytes.slice(encStart, encStart + encLength);
  return { header, info, enc, ciphertext: bytes.slice(encStart + encLength) };
}

function readHeader(value: Json): EnvelopeHeader | Refusal {
  const fields = ['v', 'suite', 'type', 'from', 'to', 'link', 'key', 'epoch', 'sequence', 'binding'];
  if (typeof value === 'object' && value !== null && 'v' in value && value.v !== 1) {
    return refuse('envelope-version-unknown', { at: '/v' });
  }
  if (!hasExactly(value, fields)) return refuse('envelope-malformed');
  const { type, from, to, link, key, epoch, sequence, binding } = value;
  // EXC-1: the suite is pinned by the agreement, never negotiated
  if (value.suite !== sealingSuite) return refuse('envelope-suite-refused', { at: '/suite' });
  if (type !== 'batch' && type !== 'receipt' && type !== 'query' && type !== 'keys') {
    return refuse('envelope-malformed', { at: '/type' });
  }
  if (!isHash(from) || !isHash(to) || !isHash(link) || !isHash(key) || !isHash(binding)) {
    return refuse('envelope-malformed');
  }
  // a receipt may say that nothing has been taken yet; batches count from 1
  const numbered = type === 'receipt' ? isCount(sequence) : isSequence(sequence);
  if (!isSequence(epoch) || !numbered) return refuse('envelope-malformed');
  return { v: 1, suite: sealingSuite, type, from, to, link, key, epoch, sequence: sequence as number, binding };
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, at) => bytes[at] === byte);
}

function bigEndian(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = size - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

/** Null where the bytes end before the integer does. */
function readBigEndian(bytes: Uint8Array, start: number, size: number): number | null {
  if (start + size > bytes.length) return null;
  return bytes.subarray(start, start + size).reduce((value, byte) => value * 256 + byte, 0);
}

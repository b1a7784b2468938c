/** How the code reads the forms of the exchange, and values that it takes. */

import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { utf8 } from '#src/protocol/encoding.ts';
import { readBatchHeader, readPayload } from '#src/protocol/exchange/batch.ts';
import { decodeEnvelope, encodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import { letterPlaintext, readLetter } from '#src/protocol/exchange/letter.ts';
import { queryType, verifyQuery } from '#src/protocol/exchange/query.ts';
import { readMessage } from '#src/protocol/exchange/read-message.ts';
import { receiptType, verifyReceipt } from '#src/protocol/exchange/receipt.ts';
import { type ExchangeContext, type LinkState, sealingSuite } from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { statementType } from '#src/protocol/identity/statement.ts';
import { verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json, Primitives } from '#src/protocol/primitives.ts';
import { holdingType, verifyHolding } from '#src/protocol/release/holding.ts';
import { cardKeys, inception, recovery, stated } from '#tests/keys/statements.ts';
import { bytes } from '#tests/kinds/bodies.ts';
import { atlas, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { ascends, isObject, type Reading, taken } from './reading.ts';

/** Every signature is good: what is tried is the form alone. The signature's first half is a sound point. */
const trusting: Primitives = { ...nodePrimitives, ed25519Verify: () => true };
const signature = inception.sign(new Uint8Array(1));
const signed = (typ: string, claims: unknown) => {
  const input = jwsSigningInput(typ, inception.id, canonicalJson(claims as Json));
  return jwsCompact(input, signature);
};
const plain = (value: unknown): boolean => JSON.stringify(value) !== undefined;

const [self, peer] = [atlas.id, meridian.id];
const { link } = initialLink(self, peer, nodePrimitives);
const route = { v: 1, from: peer, to: self, link } as const;
const hash = bytes(32);
const context: ExchangeContext = {
  primitives: trusting,
  signingKeyId: inception.id,
  peerKey: () => inception.publicKey,
};
/** A link of whoever the claims name, so that only their form counts. */
const linkOf = ({ from, to, link }: { [member: string]: Json }): LinkState =>
  ({ ...initialLink(self, peer, nodePrimitives), peer: from, self: to, link }) as LinkState;

const statement = stated(cardKeys, { recovery: { id: recovery.id, publicKey: recovery.publicKey } }, inception);
const claimsOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Json;
const header = { ...route, suite: sealingSuite, type: 'batch', key: hash, epoch: 1, sequence: 1, binding: hash };

type Claims = { [member: string]: never };

const messages: readonly Json[] = [
  { type: 'record', sdJwt: 'x' },
  { type: 'returned', sdJwt: 'x' },
  { type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'record-malformed' },
  { type: 'refusal', epoch: 1, sequence: 1, index: 199, record: hash, code: 'record-malformed' },
  { type: 'read-notice', record: hash, readAt: 1 },
  { type: 'revision', jwt: 'x' },
  { type: 'revision-wanted', record: hash },
  { type: 'card', card: 'x' },
  { type: 'letter', to: hash, key: hash, enc: bytes(1_120), ciphertext: bytes(17) },
  { type: 'holding', statement: 'x' },
  { type: 'keys', statement: 'x' },
  { type: 'recovery-wanted', after: null },
  { type: 'copies', after: hash, hashes: [hash] },
  { type: 'copies-wanted', hashes: [hash] },
];

const holding = {
  v: 1,
  by: meridian.id,
  origin: atlas.id,
  record: testRecordId(atlas),
  hash,
  digests: [hash],
  holder: sahara.id,
  relay: meridian.id,
  act: 'released',
  at: 1,
};

export const exchangeReadings: { readonly [form: string]: Reading } = {
  'envelope-header': {
    valid: [header, { ...header, type: 'receipt', sequence: 0 }, { ...header, type: 'keys', sequence: 2 }],
    reads: (value) =>
      plain(value) && taken(decodeEnvelope(encodeEnvelope(value as never, new Uint8Array(1), new Uint8Array(9)))),
  },
  batch: {
    valid: [
      { ...route, epoch: 1, sequence: 1, previous: null, payloadDigest: hash, payloadBytes: 1, messages: 1 },
      { ...route, epoch: 2, sequence: 2, previous: hash, payloadDigest: hash, payloadBytes: 1, messages: 200 },
    ],
    reads: (value) => readBatchHeader(utf8(canonicalJson(value as Json))) !== null,
  },
  'batch-payload': {
    valid: [
      { messages: [1], receipt: null },
      { messages: messages, receipt: 'x' },
    ],
    reads: (value) => {
      const list = isObject(value) && Array.isArray(value['messages']) ? value['messages'] : [];
      // A header says 1 to 200 messages.
      return (
        list.length > 0 && list.length <= 200 && taken(readPayload(utf8(canonicalJson(value as Json)), list.length))
      );
    },
  },
  message: { valid: messages, reads: (value) => taken(readMessage(value as Json)) },
  receipt: {
    valid: [
      { ...route, epoch: 1, through: 0, hash: null, answers: null },
      { ...route, epoch: 1, through: 7, hash, answers: hash },
    ],
    reads: (value) => isObject(value) && verifyReceipt(signed(receiptType, value), linkOf(value), context) !== null,
  },
  query: {
    valid: [{ ...route, epoch: 1, next: 1, takenEpoch: 1, takenThrough: 0, nonce: hash }],
    reads: (value) => isObject(value) && verifyQuery(signed(queryType, value), linkOf(value), context) !== null,
  },
  keys: {
    valid: [claimsOf(statement.jws)],
    reads: (value) => isObject(value) && isNextStatement(value),
    // KEY-1.2 says what a statement must be beside its form; so what is tried is that nothing is taken that does not fit.
    beyond: (value: Claims) => isNextStatement(value),
  },
  holding: {
    valid: [holding, { ...holding, digests: [], act: 'received', by: sahara.id }],
    reads: (value) =>
      isObject(value) && taken(verifyHolding(signed(holdingType, value), () => inception.publicKey, trusting)),
    beyond: (value: Claims) => {
      const { by, relay, holder, origin, act, digests } = value as unknown as typeof holding;
      const speaks = act === 'released' ? relay : holder;
      return ascends(digests) && by === speaks && holder !== relay && holder !== origin;
    },
  },
  'letter-plaintext': {
    valid: [
      { from: hash, messages: [1] },
      { from: hash, messages },
    ],
    reads: (value) => {
      if (!isObject(value)) return false;
      const { from, messages: all, ...more } = value;
      if (from === undefined || all === undefined) return false;
      return Object.keys(more).length === 0 && taken(readLetter(letterPlaintext(from as never, all as never)));
    },
  },
};

function isNextStatement(value: unknown): boolean {
  return taken(verifyStatement(signed(statementType, value), cardKeys, trusting));
}

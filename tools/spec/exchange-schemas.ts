/** The forms of the exchange as JSON Schema, of the code's own limits and lists. */
import { Type as T, type TProperties } from 'typebox';
import { Bytes32, closed, oneOf, RecordId, whenever } from '#src/kinds/schema.ts';
import { unixMsMax } from '#src/protocol/exchange/forms.ts';
import { letterTypes, messageLimits, messageTypes } from '#src/protocol/exchange/message.ts';
import { recoveryPageMax } from '#src/protocol/exchange/recovery.ts';
import { exchangeLimits, sealingSuite } from '#src/protocol/exchange/state.ts';
import { statementLimits } from '#src/protocol/identity/statement.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import type { Form } from './form.ts';

const countMax = 2_147_483_647;
const Count = T.Integer({ minimum: 0, maximum: countMax });
const Sequence = T.Integer({ minimum: 1, maximum: countMax });
const UnixMs = T.Integer({ minimum: 0, maximum: unixMsMax });
const orNull = (schema: typeof Bytes32) => T.Union([T.Null(), schema]);
const textOf = (maxLength: number) => T.String({ minLength: 1, maxLength });
const one = { v: T.Literal(1) };
const route = { from: Bytes32, to: Bytes32, link: Bytes32 };
const object = (properties: TProperties, options: object = {}) => T.Object(properties, { ...closed, ...options });

/** The member is null where the count beside it is this, and a hash elsewhere. */
function nullAt(member: string, count: string, value: number) {
  const isNull = { properties: { [member]: { type: 'null' } } };
  return whenever({ properties: { [count]: { const: value } } }, isNull, {
    properties: { [member]: { type: 'string' } },
  });
}

const SigningKey = object({ id: Bytes32, publicKey: Bytes32 });
const SealingKey = object({
  id: Bytes32,
  publicKey: T.String({ pattern: '^[A-Za-z0-9_-]{1621}[AQgw]$' }),
  suite: T.Literal(sealingSuite),
});

/** base64url of as many bytes as a letter's ciphertext may have; of X-Wing's encapsulated key, 1120. */
const Ciphertext = T.String({
  minLength: 1,
  maxLength: Math.ceil((messageLimits.letterBytesMax * 4) / 3),
  pattern: '^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$',
});
const Enc = T.String({ pattern: '^[A-Za-z0-9_-]{1493}[AEIMQUYcgkosw048]$' });

const hashesOf = (minItems: number) => T.Array(Bytes32, { minItems, maxItems: recoveryPageMax, uniqueItems: true });

const members: { readonly [T in (typeof messageTypes)[number]]: TProperties } = {
  record: { sdJwt: textOf(recordLimits.bytesMax) },
  returned: { sdJwt: textOf(recordLimits.bytesMax) },
  refusal: {
    epoch: Sequence,
    sequence: Sequence,
    index: T.Integer({ minimum: 0, maximum: exchangeLimits.messagesPerBatchMax - 1 }),
    record: orNull(Bytes32),
    code: oneOf(Object.keys(ruleOfRefusal)),
  },
  'read-notice': { record: Bytes32, readAt: UnixMs },
  revision: { jwt: textOf(messageLimits.revisionCharactersMax) },
  'revision-wanted': { record: Bytes32 },
  card: { card: textOf(messageLimits.cardCharactersMax) },
  letter: { to: Bytes32, key: Bytes32, enc: Enc, ciphertext: Ciphertext },
  holding: { statement: textOf(messageLimits.statementCharactersMax) },
  keys: { statement: textOf(messageLimits.statementCharactersMax) },
  'recovery-wanted': { after: orNull(Bytes32) },
  copies: { after: orNull(Bytes32), hashes: hashesOf(0) },
  'copies-wanted': { hashes: hashesOf(1) },
};
const messageOf = (type: (typeof messageTypes)[number]) => object({ type: T.Literal(type), ...members[type] });

export const exchangeForms: readonly Form[] = [
  {
    name: 'envelope-header',
    says: 'EXC-1: the clear header of an envelope.',
    schema: object(
      {
        ...one,
        suite: T.Literal(sealingSuite),
        type: oneOf(['batch', 'receipt', 'query', 'keys']),
        ...route,
        key: Bytes32,
        epoch: Sequence,
        sequence: Count,
        binding: Bytes32,
      },
      {
        allOf: [
          whenever({ properties: { type: { const: 'receipt' } } }, {}, { properties: { sequence: { minimum: 1 } } }),
        ],
      },
    ),
  },
  {
    name: 'batch',
    says: 'EXC-1: payload of a JWS of type `tansiq-batch`, the signed header of a batch.',
    schema: object(
      {
        ...one,
        ...route,
        epoch: Sequence,
        sequence: Sequence,
        previous: orNull(Bytes32),
        payloadDigest: Bytes32,
        payloadBytes: T.Integer({ minimum: 0, maximum: exchangeLimits.payloadBytesMax }),
        messages: T.Integer({ minimum: 1, maximum: exchangeLimits.messagesPerBatchMax }),
      },
      { allOf: [nullAt('previous', 'sequence', 1)] },
    ),
  },
  {
    name: 'batch-payload',
    says: 'EXC-1: the payload of a batch. Each message is judged by itself (message.json, ADM-1).',
    schema: object({
      messages: T.Array(T.Unknown(), { minItems: 1, maxItems: exchangeLimits.messagesPerBatchMax }),
      receipt: T.Union([T.Null(), T.String()]),
    }),
  },
  {
    name: 'message',
    says: 'EXC-1: one message of a batch.',
    schema: T.Union(messageTypes.map(messageOf)),
  },
  {
    name: 'receipt',
    says: 'EXC-2: payload of a JWS of type `tansiq-receipt`.',
    schema: object(
      { ...one, ...route, epoch: Sequence, through: Count, hash: orNull(Bytes32), answers: orNull(Bytes32) },
      { allOf: [nullAt('hash', 'through', 0)] },
    ),
  },
  {
    name: 'query',
    says: 'EXC-4: payload of a JWS of type `tansiq-query`.',
    schema: object({
      ...one,
      ...route,
      epoch: Sequence,
      next: Sequence,
      takenEpoch: Sequence,
      takenThrough: Count,
      nonce: Bytes32,
    }),
  },
  {
    name: 'keys',
    says: 'KEY-1: payload of a JWS of type `tansiq-keys`, a statement of keys.',
    beyond: [
      'each key stands under its own id; no id stands twice; `revoked` ascends; an Ed25519 key is a sound point',
      'it follows from the statement before (KEY-1.2)',
    ],
    schema: object({
      ...one,
      service: Bytes32,
      version: T.Integer({ minimum: 2, maximum: statementLimits.versionMax }),
      previous: Bytes32,
      at: UnixMs,
      signing: T.Array(SigningKey, { minItems: 1, maxItems: statementLimits.keysMax }),
      revoked: T.Array(Bytes32, { maxItems: statementLimits.keysMax, uniqueItems: true }),
      sealing: SealingKey,
      recovery: T.Union([T.Null(), SigningKey]),
    }),
  },
  {
    name: 'holding',
    says: 'REL-3: payload of a JWS of type `tansiq-holding`, a statement of holding.',
    beyond: [
      '`digests` ascends',
      '`by` is the relay with `released`, the holder with `received`; the holder is neither relay nor origin',
    ],
    schema: object({
      ...one,
      by: Bytes32,
      origin: Bytes32,
      record: RecordId,
      hash: Bytes32,
      digests: T.Array(Bytes32, { maxItems: recordLimits.disclosuresMax, uniqueItems: true }),
      holder: Bytes32,
      relay: Bytes32,
      act: oneOf(['released', 'received']),
      at: UnixMs,
    }),
  },
  {
    name: 'letter-plaintext',
    says: `EXC-5: what a letter seals. Each message is judged by itself: message.json, of types ${letterTypes.join(', ')}.`,
    schema: object({
      from: Bytes32,
      messages: T.Array(T.Unknown(), { minItems: 1, maxItems: exchangeLimits.messagesPerBatchMax }),
    }),
  },
];

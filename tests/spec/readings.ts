/** How the code reads each form of `spec/schema`, and values that it takes. */

import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { kinds } from '#src/kinds/index.ts';
import type { Body } from '#src/kinds/kind.ts';
import { calendarDateOf, yearsAfter } from '#src/protocol/calendar.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url, utf8 } from '#src/protocol/encoding.ts';
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
import { handlingKey } from '#src/protocol/marking/inherit.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { Json, Primitives } from '#src/protocol/primitives.ts';
import { readClaims } from '#src/protocol/record/claims.ts';
import {
  readCites,
  readCompartments,
  readDesk,
  readLinks,
  readPortion,
  readReleasableLists,
  readTitle,
} from '#src/protocol/record/disclosed.ts';
import { decodeDisclosure } from '#src/protocol/record/disclosure.ts';
import { isRecordIdOf } from '#src/protocol/record/record-id.ts';
import { isAscending, unfitText } from '#src/protocol/record/shape.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { holdingType, verifyHolding } from '#src/protocol/release/holding.ts';
import { cardKeys, inception, recovery, stated } from '#tests/keys/statements.ts';
import { alsoGood, bytes, good } from '#tests/kinds/bodies.ts';
import { atlas, draftOf, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { partsOf } from '#tests/record/forge.ts';
import { issueAs } from '#tests/record/parties.ts';
import { cards } from './cards.ts';

export interface Reading {
  readonly valid: readonly unknown[];
  /** Whether the code takes it. */
  readonly reads: (value: unknown) => boolean;
  /** Of what fits the schema: whether it also keeps what the schema's `$comment` says. */
  readonly beyond?: (value: never) => boolean;
}

/** Every signature is good: what is tried is the form alone. The signature's first half is a sound point. */
const trusting: Primitives = { ...nodePrimitives, ed25519Verify: () => true };
const signature = inception.sign(new Uint8Array(1));
const signed = (typ: string, claims: unknown) => {
  const input = jwsSigningInput(typ, inception.id, canonicalJson(claims as Json));
  return jwsCompact(input, signature);
};
const isObject = (value: unknown): value is { [member: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const taken = (value: unknown) => !isRefusal(value) && typeof value !== 'string' && value !== null;
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

const report = partsOf(issueAs(atlas, draftOf(atlas)));
const reference = { origin: atlas.id, record: testRecordId(atlas), revision: 1, hash };
const statement = stated(cardKeys, { recovery: { id: recovery.id, publicKey: recovery.publicKey } }, inception);
const claimsOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Json;
const header = { ...route, suite: sealingSuite, type: 'batch', key: hash, epoch: 1, sequence: 1, binding: hash };
const ascends = (list: unknown) => isAscending(list as string[]);
/** TXT-1 to TXT-3. */
const isSeen = (text: string, of?: 'line') => unfitText(text, '', of) === null;
const isHandling = (list: readonly Handling[]) =>
  isAscending(list.map(handlingKey)) && list.every(({ note }) => note === undefined || isSeen(note));

type Claims = { [member: string]: never };
const distinct = (values: readonly string[]) => new Set(values).size === values.length;

interface Payload {
  readonly iss: string;
  readonly id: string;
  readonly iat: number;
  readonly reviewBy: string;
  readonly legalBasis: string;
  readonly _sd: readonly string[];
  readonly body: { readonly _sd: readonly string[] };
  readonly portions: readonly { readonly '...': string }[];
  readonly marking: { readonly handling: readonly Handling[] };
}

function isInOrder({ iss, id, iat, legalBasis, reviewBy, _sd, body, portions, marking }: Payload): boolean {
  const day = calendarDateOf(iat);
  const lists = [_sd, body._sd, portions.map((one) => one['...'])];
  return (
    isRecordIdOf(iss, id, nodePrimitives) &&
    reviewBy >= day &&
    reviewBy <= yearsAfter(day, 3) &&
    lists.every((list) => list.length % 8 === 0) &&
    ascends(_sd) &&
    ascends(body._sd) &&
    lists.reduce((sum, list) => sum + list.length, 0) <= 1_024 &&
    isSeen(legalBasis, 'line') &&
    isHandling(marking.handling)
  );
}

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
  { type: 'recovery-wanted', since: 0 },
  { type: 'recovery-done' },
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

const marking = {
  compartments: ['SAHEL'],
  handling: [{ code: 'H3', originator: atlas.id, note: 'x' }],
  level: 2,
  tlp: 'red',
};

const bodies = Object.fromEntries(
  [...kinds.values()].map((kind): [string, Reading] => [
    `kind-${kind.name}`,
    {
      valid: [good[kind.name], ...(alsoGood[kind.name] ?? [])],
      reads: (value) => isObject(value) && kind.problem(value as Body) === null,
      beyond: (body: Body) => beyondKind[kind.name]?.(body) ?? true,
    },
  ]),
);
const beyondKind: { readonly [kind: string]: (body: Body) => boolean } = {
  agreement: ({ validFrom, validUntil, levelNames, parties }) =>
    String(validFrom) <= String(validUntil) &&
    Object.keys(levelNames ?? {}).every((service) => (parties as readonly string[]).includes(service)),
  permission: ({ onwardTo, grantee }) => onwardTo !== grantee,
};

export const readings: { readonly [form: string]: Reading } = {
  ...bodies,
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
  'record-payload': {
    valid: [report.payload, { ...report.payload, revision: 2, previous: hash, status: 'withdrawn' }],
    reads: (value) => isObject(value) && taken(readClaims(value, nodePrimitives)),
    beyond: isInOrder,
  },
  'disclosure-title': {
    valid: ['x', 'خلية صغيرة'],
    reads: (value) => !isRefusal(readTitle(value as Json)),
    beyond: (title: string) => isSeen(title, 'line'),
  },
  'disclosure-desk': { valid: ['liaison'], reads: (value) => !isRefusal(readDesk(value as Json)) },
  'disclosure-compartments': {
    valid: [[], ['A', 'B']],
    reads: (value) => taken(readCompartments(value as Json)),
    beyond: (names: string[]) => ascends(names) && names.every((name) => isSeen(name, 'line')),
  },
  'disclosure-cites': {
    valid: [[], [reference, { ...reference, hash: 'A'.repeat(43) }]],
    reads: (value) => taken(readCites(value as Json)),
    beyond: (cites: { hash: string }[]) => distinct(cites.map((one) => one.hash)),
  },
  'disclosure-links': {
    valid: [
      [],
      [
        { ...reference, type: 'about' },
        { ...reference, type: 'replies-to' },
      ],
    ],
    reads: (value) => taken(readLinks(value as Json)),
    beyond: (links: { hash: string; type: string }[]) => distinct(links.map((one) => `${one.type} ${one.hash}`)),
  },
  'disclosure-releasableTo': {
    valid: [
      { envelope: 'any', portions: ['any', [hash]] },
      { envelope: [], portions: [] },
    ],
    reads: (value) => taken(readReleasableLists(value as Json)),
    beyond: ({ envelope, portions }: { envelope: never; portions: never[] }) =>
      [envelope, ...portions].every((list) => list === 'any' || ascends(list)),
  },
  'disclosure-portion': {
    valid: [{ marking, nature: 'fact', text: 'x' }],
    reads: (value) => taken(readPortion(value as Json, '')),
    beyond: ({ text, marking: one }: { text: string; marking: { compartments: string[]; handling: Handling[] } }) =>
      isSeen(text) &&
      ascends(one.compartments) &&
      one.compartments.every((name) => isSeen(name, 'line')) &&
      isHandling(one.handling),
  },
  disclosure: {
    valid: [
      ['A'.repeat(22), 'title', 'x'],
      ['A'.repeat(22), { text: 'x' }],
    ],
    reads: (value) => taken(decodeDisclosure(base64url(utf8(canonicalJson(value as Json))))),
  },
  card: {
    valid: cards,
    reads: (value) => typeof value === 'string' && taken(readServiceCard(value, nodePrimitives)),
    beyond: (card: string) => cards.includes(card),
  },
};

function isNextStatement(value: unknown): boolean {
  return taken(verifyStatement(signed(statementType, value), cardKeys, trusting));
}

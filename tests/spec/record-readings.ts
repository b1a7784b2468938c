/** How the code reads records, their disclosures, the bodies of kinds and cards, and values that it takes. */

import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { kinds } from '#src/kinds/index.ts';
import type { Body } from '#src/kinds/kind.ts';
import { calendarDateOf, yearsAfter } from '#src/protocol/calendar.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url, utf8 } from '#src/protocol/encoding.ts';
import { handlingKey } from '#src/protocol/marking/inherit.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { Json } from '#src/protocol/primitives.ts';
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
import { alsoGood, bytes, good } from '#tests/kinds/bodies.ts';
import { atlas, draftOf, testRecordId } from '#tests/record/drafts.ts';
import { partsOf } from '#tests/record/forge.ts';
import { issueAs } from '#tests/record/parties.ts';
import { cards } from './cards.ts';
import { ascends, isObject, type Reading, taken } from './reading.ts';

const hash = bytes(32);
const report = partsOf(issueAs(atlas, draftOf(atlas)));
const reference = { origin: atlas.id, record: testRecordId(atlas), revision: 1, hash };
/** TXT-1 to TXT-3. */
const isSeen = (text: string, of?: 'line') => unfitText(text, '', of) === null;
const isHandling = (list: readonly Handling[]) =>
  isAscending(list.map(handlingKey)) && list.every(({ note }) => note === undefined || isSeen(note));

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

export const recordReadings: { readonly [form: string]: Reading } = {
  ...bodies,
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

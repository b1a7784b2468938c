/** Records, their disclosures, cards and the body of every kind as JSON Schema, of the code's own limits and lists. */
import { Type as T, type TProperties } from 'typebox';
import { kinds } from '#src/kinds/index.ts';
import { Bytes32, Compartment, closed, Day, oneOf, RecordId, whenever } from '#src/kinds/schema.ts';
import { dateLimits } from '#src/protocol/calendar.ts';
import { messageLimits } from '#src/protocol/exchange/message.ts';
import { handlingCodes, levels, papLabels, tlpLabels } from '#src/protocol/marking/marking.ts';
import { languages } from '#src/protocol/primitives.ts';
import { digestsPerBlock } from '#src/protocol/record/claims.ts';
import {
  informationCredibilities,
  linkTypes,
  portionNatures,
  purposes,
  recordLimits,
  recordStatuses,
  sourceReliabilities,
} from '#src/protocol/record/record.ts';
import type { Form } from './form.ts';

const object = (properties: TProperties, options: object = {}) => T.Object(properties, { ...closed, ...options });
const Level = T.Integer({ minimum: Math.min(...levels), maximum: Math.max(...levels) });
const Revision = T.Integer({ minimum: 1, maximum: 2_147_483_647 });
const Handling = T.Array(
  object(
    {
      code: oneOf(handlingCodes),
      originator: Bytes32,
      note: T.Optional(T.String({ minLength: 1, maxLength: 500 })),
    },
    { allOf: [whenever({ properties: { code: { const: 'H3' } } }, {}, { properties: { note: false } })] },
  ),
  { maxItems: recordLimits.handlingMax, uniqueItems: true },
);
const clearMarking = {
  handling: Handling,
  level: Level,
  pap: T.Optional(oneOf(papLabels)),
  tlp: T.Optional(oneOf(tlpLabels)),
};
const Compartments = T.Array(Compartment, { maxItems: recordLimits.compartmentsMax, uniqueItems: true });
const Digests = T.Array(Bytes32, {
  minItems: digestsPerBlock,
  maxItems: recordLimits.disclosuresMax,
  uniqueItems: true,
});
const reference = { origin: Bytes32, record: RecordId, revision: Revision, hash: Bytes32 };
const ReleasableTo = T.Union([T.Literal('any'), T.Array(Bytes32, { maxItems: 64, uniqueItems: true })]);

const plain = 'its texts are what they seem (TXT-1 to TXT-3)';

const recordForms: readonly Form[] = [
  {
    name: 'record-payload',
    says: 'REC-2: payload of a JWS of type `tansiq-record+sd-jwt`.',
    beyond: [
      'the id is its origin’s (REC-1.2)',
      '`reviewBy` is neither before the day of `iat` nor more than three years after it',
      'each list of digests is a multiple of eight; `_sd` and `body._sd` ascend; no digest stands twice; 1 024 in all',
      '`handling` ascends by code, originator, note',
      `${plain}; lengths are in UTF-16 code units`,
    ],
    schema: object(
      {
        v: T.Literal(1),
        iss: Bytes32,
        id: RecordId,
        kind: T.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
        revision: Revision,
        previous: T.Union([T.Null(), Bytes32]),
        status: oneOf(recordStatuses),
        language: oneOf(languages),
        iat: T.Integer({ minimum: 0, maximum: dateLimits.lastSecond }),
        grading: T.Optional(
          object({ information: oneOf(informationCredibilities), source: oneOf(sourceReliabilities) }),
        ),
        marking: object(clearMarking),
        purpose: oneOf(purposes),
        legalBasis: T.String({ minLength: 1, maxLength: recordLimits.legalBasisCharactersMax }),
        reviewBy: Day,
        portions: T.Array(object({ '...': Bytes32 }), {
          minItems: digestsPerBlock,
          maxItems: recordLimits.disclosuresMax,
          uniqueItems: true,
        }),
        body: object({ _sd: Digests }),
        _sd: Digests,
        _sd_alg: T.Literal('sha-256'),
      },
      {
        allOf: [
          whenever(
            { properties: { revision: { const: 1 } } },
            { properties: { previous: { type: 'null' } } },
            { properties: { previous: { type: 'string' } } },
          ),
        ],
      },
    ),
  },
  {
    name: 'disclosure-title',
    says: 'REC-2: the value of the disclosure `title`.',
    beyond: [`${plain}; lengths are in UTF-16 code units`],
    schema: T.String({ minLength: 1, maxLength: recordLimits.titleCharactersMax }),
  },
  {
    name: 'disclosure-desk',
    says: 'REC-2: the value of the disclosure `desk`.',
    schema: T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
  },
  {
    name: 'disclosure-compartments',
    says: 'REC-2: the value of the disclosure `compartments`.',
    beyond: [`ascending by UTF-16 code units; ${plain}; lengths are in UTF-16 code units`],
    schema: Compartments,
  },
  {
    name: 'disclosure-cites',
    says: 'REC-2: the value of the disclosure `cites`: exact revisions of other records.',
    beyond: ['no hash stands twice', 'each record is of its origin (REC-1.3)'],
    schema: T.Array(object(reference), { maxItems: recordLimits.citesMax }),
  },
  {
    name: 'disclosure-links',
    says: 'REC-2: the value of the disclosure `links`.',
    beyond: ['no hash stands twice under one type', 'each record is of its origin (REC-1.3)'],
    schema: T.Array(object({ type: oneOf(linkTypes), ...reference }), { maxItems: recordLimits.linksMax }),
  },
  {
    name: 'disclosure-releasableTo',
    says: 'REC-2: the value of the disclosure `releasableTo`, which never leaves the origin.',
    beyond: ['each list of services ascends'],
    schema: object({ envelope: ReleasableTo, portions: T.Array(ReleasableTo) }),
  },
  {
    name: 'disclosure-portion',
    says: 'REC-3: the value of a disclosed portion.',
    beyond: [
      'compartments and handling ascend; not below the record’s own marking (MRK-1)',
      `${plain}; lengths are in UTF-16 code units`,
    ],
    schema: object({
      marking: object({ compartments: Compartments, ...clearMarking }),
      nature: oneOf(portionNatures),
      text: T.String({ minLength: 1, maxLength: recordLimits.portionCharactersMax }),
    }),
  },
  {
    name: 'disclosure',
    says: 'RFC 9901 section 4.2: `[salt, name, value]` of a field, `[salt, value]` of a portion.',
    schema: T.Unsafe({
      type: 'array',
      prefixItems: [T.String({ pattern: '^[A-Za-z0-9_-]{22,64}$' })],
      minItems: 2,
      maxItems: 3,
      ...whenever({ minItems: 3 }, { prefixItems: [{}, { type: 'string' }] }),
    }),
  },
  {
    name: 'card',
    says: 'KEY-2: a service card, as a text.',
    beyond: ['the record verifies under the key in front, and each statement under the one before (KEY-1, KEY-2)'],
    schema: T.String({
      maxLength: messageLimits.cardCharactersMax,
      pattern: '^tansiq-card:1:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]:[A-Za-z0-9_.~-]+(?::[A-Za-z0-9_.-]+)*$',
    }),
  },
];

/** What a kind's own rule adds to its schema: comparisons of two values, which JSON Schema has not. */
export const beyondKinds: { readonly [kind: string]: readonly string[] } = {
  agreement: ['`validUntil` is not before `validFrom`', 'each key of `levelNames` is one of `parties`'],
  permission: ['`onwardTo` is not `grantee`'],
};

const kindForms: readonly Form[] = [...kinds.values()].map(({ name, body }) => ({
  name: `kind-${name}`,
  says: `The whole body of the kind \`${name}\`, each member from its own disclosure.`,
  schema: body,
  beyond: [...(beyondKinds[name] ?? []), plain],
}));

export const allRecordForms: readonly Form[] = [...recordForms, ...kindForms];

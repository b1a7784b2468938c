import { Type as T } from 'typebox';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import { purposes, recordLimits } from '#src/protocol/record/record.ts';
import { defineKind } from '../define-kind.ts';
import { Bytes32, Compartment, closed, Day, line, oneOf } from '../schema.ts';
import { agreementWords } from './captions.ts';

/** ACC-02: under which conditions two services exchange. Its portions are its text; it holds once both have assented. */
export const agreement = defineKind({
  name: 'agreement',
  body: T.Object(
    {
      parties: T.Array(Bytes32, { minItems: 2, maxItems: 2, uniqueItems: true }),
      /** The highest level of anything exchanged under it. */
      ceiling: T.Integer({ minimum: 0, maximum: 4 }),
      compartments: T.Array(Compartment, { maxItems: recordLimits.compartmentsMax, uniqueItems: true }),
      purposes: T.Array(oneOf(purposes), { minItems: 1, maxItems: purposes.length, uniqueItems: true }),
      validFrom: Day,
      /** The last day. */
      validUntil: Day,
      /** ACC-21: whether the oversight body of either party reads what the other gave. */
      oversightIncluded: T.Boolean(),
      /** EXC-1: pinned here, negotiated nowhere. */
      suite: T.Literal(sealingSuite),
      /** Each party's own names of the levels 0 to 4. */
      levelNames: T.Optional(
        T.Record(Bytes32, T.Array(T.String({ minLength: 1, maxLength: 60, ...line }), { minItems: 5, maxItems: 5 }), {
          maxProperties: 2,
          additionalProperties: false,
        }),
      ),
    },
    closed,
  ),
  ...agreementWords,
  graded: false,
  foundsTrust: true,
  newPerDayMax: 20,
  portionsMin: 1,
  nothingElse: { titles: 'own', portions: true, links: [] },
  requires: [],
  rule: ({ parties, validFrom, validUntil, levelNames }) => {
    if (validUntil < validFrom) return '/validUntil';
    return Object.keys(levelNames ?? {}).every((party) => parties.includes(party)) ? null : '/levelNames';
  },
});

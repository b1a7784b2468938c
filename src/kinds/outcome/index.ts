import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { closed, oneOf, whenever } from '../schema.ts';
import { outcomeWords } from './captions.ts';

export const outcomeResults = ['arrests', 'plots-disrupted', 'seizures', 'charges', 'none-yet'] as const;

const saying = (result: string) => ({ properties: { result: { const: result } }, required: ['result'] });
const atMostOnce = (result: string) => {
  return { properties: { results: { contains: saying(result), minContains: 0, maxContains: 1 } } };
};

/** What came of a report, told to whoever gave it. */
export const outcome = defineKind({
  name: 'outcome',
  body: T.Object(
    {
      results: T.Array(
        T.Object(
          {
            result: oneOf(outcomeResults),
            /** Null where the number is not known or not told, and always with `none-yet`. */
            count: T.Union([T.Null(), T.Integer({ minimum: 0, maximum: 100_000 })]),
          },
          closed,
        ),
        { minItems: 1, maxItems: outcomeResults.length },
      ),
    },
    {
      ...closed,
      allOf: [
        ...outcomeResults.map((result) => atMostOnce(result)),
        // "None yet" beside an arrest, or counted, would be counted in the tally.
        whenever(
          { properties: { results: { contains: saying('none-yet') } } },
          { properties: { results: { maxItems: 1, items: { properties: { count: { type: 'null' } } } } } },
        ),
      ],
    },
  ),
  ...outcomeWords,
  graded: false,
  foundsTrust: false,
  portionsMin: 1,
  requires: ['replies-to'],
  speaksOf: 'others',
});

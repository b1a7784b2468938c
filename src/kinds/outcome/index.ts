import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { closed, oneOf } from '../schema.ts';
import { outcomeWords } from './captions.ts';

export const outcomeResults = ['arrests', 'plots-disrupted', 'seizures', 'charges', 'none-yet'] as const;

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
    closed,
  ),
  ...outcomeWords,
  graded: false,
  foundsTrust: false,
  portionsMin: 1,
  requires: ['replies-to'],
  rule: ({ results }) => {
    if (new Set(results.map(({ result }) => result)).size < results.length) return '/results';
    const none = results.find(({ result }) => result === 'none-yet');
    // "None yet" beside an arrest, or counted, would be counted in the tally.
    return none === undefined || (results.length === 1 && none.count === null) ? null : '/results';
  },
});

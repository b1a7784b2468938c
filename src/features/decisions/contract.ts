import { type Static, Type as T } from 'typebox';
import { closed, define, Uuid } from '../contract.ts';

export const decisions = ['act', 'no-action', 'already-known', 'need-more'] as const;
export const outcomeResults = ['arrests', 'plots-disrupted', 'seizures', 'charges', 'none-yet'] as const;

const byId = T.Object({ id: Uuid }, closed);
const Made = T.Object({ record: Uuid, hash: T.String() }, closed);

export const DecisionInput = T.Object(
  {
    decision: T.Enum(decisions),
    /** Required for every decision but `act`. */
    reason: T.Optional(T.String({ maxLength: 2_000 })),
    /** The desk that acts on it, with `act`. */
    assignTo: T.Optional(T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' })),
  },
  closed,
);
export type DecisionInput = Static<typeof DecisionInput>;

export const OutcomeInput = T.Object(
  {
    results: T.Array(
      T.Object(
        {
          result: T.Enum(outcomeResults),
          /** How many, where it counts; null for `none-yet`. */
          count: T.Union([T.Null(), T.Integer({ minimum: 0, maximum: 100_000 })]),
        },
        closed,
      ),
      { minItems: 1, maxItems: 5 },
    ),
    text: T.String({ minLength: 1, maxLength: 20_000 }),
    nature: T.Union([T.Literal('fact'), T.Literal('assessment')]),
  },
  closed,
);
export type OutcomeInput = Static<typeof OutcomeInput>;

export const decisionRoutes = define({
  decide: {
    method: 'POST',
    path: '/api/records/:id/decision',
    needs: 'decide',
    act: 'decide',
    summary: 'Decide on what a partner gave; the decision goes back to its origin',
    params: byId,
    body: DecisionInput,
    reply: Made,
  },
  reportOutcome: {
    method: 'POST',
    path: '/api/records/:id/outcome',
    needs: 'report-outcome',
    act: 'report-outcome',
    summary: 'Report what came of it; the outcome goes back to the origin, tied to the report that led to it',
    params: byId,
    body: OutcomeInput,
    reply: Made,
  },
});

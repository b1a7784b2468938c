import { type Static, Type as T } from 'typebox';
import { closed, define, Instant, ServiceBrief, Uuid } from '../contract.ts';

const byId = T.Object({ id: Uuid }, closed);

/** A record on a path of sources. Held and visible here, or known only by what a record cites. */
export const SourceStep = T.Object(
  {
    record: Uuid,
    revision: T.Integer(),
    origin: ServiceBrief,
    /** Null where we do not hold it, or this officer may not see it. */
    title: T.Union([T.Null(), T.String()]),
    kind: T.Union([T.Null(), T.String()]),
    language: T.Union([T.Null(), T.String()]),
  },
  closed,
);
export type SourceStep = Static<typeof SourceStep>;

export const SourcesView = T.Object(
  {
    /** What this record itself cites. */
    cites: T.Array(SourceStep),
    /** What cites this record. */
    citedBy: T.Array(SourceStep),
    /** ACC-19: other records that go back to the same source: they count as one. */
    sameSource: T.Array(
      T.Object(
        {
          other: SourceStep,
          root: SourceStep,
          /** From this record to the common source, then from the source to the other; each ends included. */
          pathHere: T.Array(SourceStep),
          pathThere: T.Array(SourceStep),
          at: Instant,
        },
        closed,
      ),
    ),
    /** There are more than these: the nearest are here. */
    more: T.Boolean(),
  },
  closed,
);
export type SourcesView = Static<typeof SourcesView>;

export const sources = define({
  getSources: {
    method: 'GET',
    path: '/api/records/:id/sources',
    summary: 'Where this record comes from, what draws on it, and which others go back to the same source (ACC-19)',
    params: byId,
    reply: SourcesView,
  },
});

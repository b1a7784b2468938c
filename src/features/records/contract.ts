import { type Static, Type as T } from 'typebox';
import { closed, Day, Delivery, define, Fingerprint, Instant, MarkingView, ServiceBrief, Uuid } from '../contract.ts';

/**
 * What a holder may or may not do: the codes of `handling.may` and `handling.mayNot`. H1 moves `use-in-court`, PAP
 * `act-openly`; `pass-onward` (REL-3, with H2 or without), `publish` and `use-for-other-purpose` always need the origin's permission:
 * `…-as-permitted` says that one is in force, within its limits, while the general sentence stays in `mayNot`. And
 * `meet-condition` (H3, in `mayNot`) stands for the conditions whose words are the notes of the marking's handling.
 */
export const handlingSentences = [
  'act-on-it',
  'share-within-service',
  'use-in-court',
  'pass-onward',
  'publish',
  'use-for-other-purpose',
  'use-in-court-as-permitted',
  'pass-onward-as-permitted',
  'publish-as-permitted',
  'use-for-other-purpose-as-permitted',
  'act-openly',
  'meet-condition',
] as const;
export type HandlingSentence = (typeof handlingSentences)[number];

export const RecordBrief = T.Object(
  {
    record: Uuid,
    kind: T.String(),
    title: T.String(),
    /** TXT-4: the title of what it is about, as far as this officer sees that; its own does not say it. */
    about: T.Union([T.Null(), T.String()]),
    language: T.String(),
    origin: ServiceBrief,
    revision: T.Integer(),
    createdAt: Instant,
    /** What a disposition decided, what an outcome reports: the kind's telling field, or null. */
    says: T.Union([T.Null(), T.String()]),
  },
  closed,
);
export type RecordBrief = Static<typeof RecordBrief>;

export const RecordView = T.Object(
  {
    record: Uuid,
    kind: T.String(),
    revision: T.Integer(),
    hash: Fingerprint,
    status: T.String(),
    /** COR-3: a quarantined record is shown to whoever opens it in order to resolve it, and found by nothing else. */
    state: T.Enum(['active', 'quarantined', 'equivocal']),
    origin: ServiceBrief,
    ours: T.Boolean(),
    receivedFrom: T.Union([T.Null(), ServiceBrief]),
    receivedAt: T.Union([T.Null(), Instant]),
    language: T.String(),
    createdAt: Instant,
    purpose: T.String(),
    legalBasis: T.String(),
    reviewBy: Day,
    reviewOverdue: T.Boolean(),
    grading: T.Union([T.Null(), T.Object({ source: T.String(), information: T.String() }, closed)]),
    marking: MarkingView,
    about: T.Union([T.Null(), T.String()]),
    title: T.Union([T.Null(), T.String()]),
    desk: T.Union([T.Null(), T.String()]),
    desks: T.Array(T.String()),
    portions: T.Array(
      T.Object({ index: T.Integer(), text: T.String(), nature: T.String(), marking: MarkingView }, closed),
    ),
    /** Body fields by name, as the kind's schema has them. */
    body: T.Record(T.String(), T.Unknown()),
    /** What it replies to, is about, derives from, and what was attached to it. */
    links: T.Array(
      T.Object(
        { type: T.String(), direction: T.Union([T.Literal('out'), T.Literal('in')]), record: RecordBrief },
        closed,
      ),
    ),
    /** The handling box, one code of `handlingSentences` per sentence; the screen has the words. */
    handling: T.Object(
      {
        may: T.Array(T.String()),
        mayNot: T.Array(T.String()),
        ask: T.Union([T.Null(), ServiceBrief]),
      },
      closed,
    ),
    deliveries: T.Array(Delivery),
    holders: T.Array(
      T.Object(
        { service: ServiceBrief, state: T.String(), via: T.Union([T.Null(), ServiceBrief]), since: Instant },
        closed,
      ),
    ),
    revisions: T.Array(
      T.Object({ revision: T.Integer(), hash: T.String(), createdAt: Instant, status: T.String() }, closed),
    ),
    /** What this officer may do with it now: `decide`, `report-outcome`, `assent`, `end-agreement`, `release`, `assign-desk`, `ask-permission`, `use`, `cite`, `correct`, `withdraw`, `erase`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type RecordView = Static<typeof RecordView>;

export const JournalLine = T.Object(
  {
    at: Instant,
    actorKind: T.String(),
    actor: T.Union([T.Null(), T.String()]),
    act: T.String(),
    service: T.Union([T.Null(), ServiceBrief]),
    reason: T.Union([T.Null(), T.String()]),
  },
  closed,
);

const byId = T.Object({ id: Uuid }, closed);

export const records = define({
  getRecord: {
    method: 'GET',
    path: '/api/records/:id',
    summary: 'One record as this officer may see it; the read is journalled, and the first one is told to its origin',
    params: byId,
    reply: RecordView,
  },
  getRecordJournal: {
    method: 'GET',
    path: '/api/records/:id/journal',
    summary: 'Who did what with this record, the newest first',
    params: byId,
    query: T.Object({ before: T.Optional(T.String({ pattern: '^[0-9]{1,18}$' })) }, closed),
    reply: T.Object(
      {
        lines: T.Array(JournalLine),
        /** Asks for the lines before these; null: there are none. */
        before: T.Union([T.Null(), T.String()]),
      },
      closed,
    ),
  },
  assignDesk: {
    method: 'POST',
    path: '/api/records/:id/desks',
    needs: 'assign-desk',
    act: 'assign-desk',
    summary: 'Let another desk work on this record',
    params: byId,
    body: T.Object(
      { desk: T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }), reason: T.String({ minLength: 1, maxLength: 300 }) },
      closed,
    ),
    reply: RecordView,
  },
});

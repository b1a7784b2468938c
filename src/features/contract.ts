/** One declaration per route gives the typed server, the typed client and the OpenAPI document. */
import { type Static, Type as T, type TSchema } from 'typebox';
import { recordLimits } from '#src/protocol/record/record.ts';
import type { Ability } from './abilities.ts';
import type { RecordAct } from './record-acts.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** Open without a session: sign-in, set-up, the demo's list of officers. */
  readonly open?: true;
  /** Who has none of these is refused before anything is read. Absent: every officer, for what row-level security shows. */
  readonly needs?: Ability | readonly Ability[];
  /** What it does with the record in its path, by the name under which a record lists it (`record-acts.ts`). */
  readonly act?: RecordAct;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** How large a body may be, in bytes; the server's own limit where absent. */
  readonly bodyBytesMax?: number;
  readonly reply: TSchema;
}
export type Contract = { readonly [name: string]: Route };

export const define = <const C extends Contract>(contract: C): C => contract;

type Part<R, K extends 'params' | 'query' | 'body'> = R extends { readonly [P in K]: infer S extends TSchema }
  ? { [P in K]: Static<S> }
  : unknown;
export type Input<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
export type Reply<R extends Route> = Static<R['reply']>;

// Schemas that several features speak of.

export const closed = { additionalProperties: false } as const;

export const Uuid = T.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const Fingerprint = T.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
export const Day = T.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
/** RFC 3339, UTC. */
export const Instant = T.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' });
export const Names = T.Object({ ar: T.String(), fr: T.String(), en: T.String() }, closed);
export const ServiceBrief = T.Object({ id: Fingerprint, code: T.String(), names: Names }, closed);

/** A refusal as a board shows it. */
export const RefusalBrief = T.Object({ code: T.String(), rule: T.String() }, closed);
/** One whom an act of ours could not be sent to. */
export const Unreached = T.Object({ service: ServiceBrief, code: T.String(), rule: T.String() }, closed);

export const MarkingInput = T.Object(
  {
    level: T.Union([T.Literal(0), T.Literal(1), T.Literal(2), T.Literal(3), T.Literal(4)]),
    compartments: T.Array(T.String({ minLength: 1, maxLength: 40 }), { maxItems: recordLimits.compartmentsMax }),
    handling: T.Array(
      T.Object(
        {
          code: T.Union([T.Literal('H0'), T.Literal('H1'), T.Literal('H2'), T.Literal('H3')]),
          note: T.Optional(T.String({ maxLength: 500 })),
        },
        closed,
      ),
      { maxItems: recordLimits.handlingMax },
    ),
    /** null: any partner whose agreement covers it */
    releasableTo: T.Union([T.Null(), T.Array(Fingerprint, { maxItems: 64 })]),
    tlp: T.Optional(
      T.Union([
        T.Literal('red'),
        T.Literal('amber+strict'),
        T.Literal('amber'),
        T.Literal('green'),
        T.Literal('clear'),
      ]),
    ),
    pap: T.Optional(T.Union([T.Literal('red'), T.Literal('amber'), T.Literal('green'), T.Literal('clear')])),
  },
  closed,
);
export type MarkingInput = Static<typeof MarkingInput>;

/** A marking as shown: originators as services. */
export const MarkingView = T.Object(
  {
    level: T.Integer({ minimum: 0, maximum: 4 }),
    compartments: T.Array(T.String()),
    handling: T.Array(T.Object({ code: T.String(), originator: ServiceBrief, note: T.Optional(T.String()) }, closed)),
    releasableTo: T.Union([T.Null(), T.Array(ServiceBrief)]),
    tlp: T.Optional(T.String()),
    pap: T.Optional(T.String()),
  },
  closed,
);
export type MarkingView = Static<typeof MarkingView>;

export const GradingInput = T.Object(
  {
    source: T.Union([T.Literal('A'), T.Literal('B'), T.Literal('C'), T.Literal('D'), T.Literal('E'), T.Literal('F')]),
    information: T.Union([
      T.Literal('1'),
      T.Literal('2'),
      T.Literal('3'),
      T.Literal('4'),
      T.Literal('5'),
      T.Literal('6'),
    ]),
  },
  closed,
);

/** How far one release is, as the sender sees it. Each step keeps its time. */
export const deliverySteps = ['queued', 'delivered', 'read', 'decided', 'outcome'] as const;
export const Delivery = T.Object(
  {
    recipient: ServiceBrief,
    /** The furthest step reached; `refused` ends it. */
    step: T.Union([
      T.Literal('queued'),
      T.Literal('delivered'),
      T.Literal('read'),
      T.Literal('decided'),
      T.Literal('outcome'),
      T.Literal('refused'),
    ]),
    queuedAt: Instant,
    deliveredAt: T.Union([Instant, T.Null()]),
    readAt: T.Union([Instant, T.Null()]),
    decidedAt: T.Union([Instant, T.Null()]),
    /** The disposition record and its decision. */
    decision: T.Union([T.Null(), T.Object({ record: Uuid, decision: T.String() }, closed)]),
    outcomeAt: T.Union([Instant, T.Null()]),
    outcome: T.Union([T.Null(), T.Object({ record: Uuid }, closed)]),
    /** Code of the refusal, and whether ours before sending or theirs at the door. */
    refusal: T.Union([
      T.Null(),
      T.Object(
        { code: T.String(), rule: T.String(), by: T.Union([T.Literal('us'), T.Literal('them')]), at: Instant },
        closed,
      ),
    ]),
    /** Portions that this recipient's copy does not disclose. */
    portionsWithheld: T.Integer(),
  },
  closed,
);
export type Delivery = Static<typeof Delivery>;

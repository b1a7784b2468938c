import { type Static, Type as T } from 'typebox';
import { answerRefusalGrounds, answerStates, requestUrgencies } from '#src/kinds/request/words.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import {
  closed,
  Day,
  define,
  Fingerprint,
  GradingInput,
  Instant,
  MarkingInput,
  ServiceBrief,
  Uuid,
} from '../contract.ts';

const byId = T.Object({ id: Uuid }, closed);
const Language = T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]);
const Text = T.String({ minLength: 1, maxLength: recordLimits.portionCharactersMax });
const Made = T.Object({ record: Uuid, hash: T.String() }, closed);

export const RequestInput = T.Object(
  {
    language: Language,
    title: T.String({ minLength: 1, maxLength: recordLimits.titleCharactersMax }),
    /** What is asked, and why it is needed: a portion each. */
    question: Text,
    reasons: Text,
    urgency: T.Enum(requestUrgencies),
    /** Why it is urgent; with `urgent` and `immediate`. */
    urgencyReason: T.Optional(T.String({ minLength: 1, maxLength: 2_000 })),
    /** RFC 3339, UTC. */
    respondBy: Instant,
    /** What the answer may be used for beyond the purpose; null: nothing. */
    intendedUse: T.Union([T.Null(), T.Literal('judicial')]),
    marking: MarkingInput,
    purpose: T.Union([
      T.Literal('terrorism-prevention'),
      T.Literal('terrorism-investigation'),
      T.Literal('organised-crime'),
      T.Literal('border-security'),
    ]),
    legalBasis: T.String({ minLength: 1, maxLength: recordLimits.legalBasisCharactersMax }),
    recipients: T.Array(Fingerprint, { minItems: 1, maxItems: 64 }),
  },
  closed,
);
export type RequestInput = Static<typeof RequestInput>;

export const AnswerInput = T.Object(
  {
    answer: T.Enum(answerStates),
    /** With `refused`. */
    ground: T.Optional(T.Enum(answerRefusalGrounds)),
    /** With `partial`: when the rest may come. */
    restBy: T.Optional(Day),
    text: T.Optional(Text),
    nature: T.Optional(T.Union([T.Literal('fact'), T.Literal('assessment')])),
    /** ACC-01: with `full` and `partial`. */
    grading: T.Optional(GradingInput),
    /** null: as the request is marked */
    marking: T.Union([T.Null(), MarkingInput]),
  },
  closed,
);
export type AnswerInput = Static<typeof AnswerInput>;

/** The clock of one request at one recipient (Directive (EU) 2023/977 Art. 5, 6(3)): it stands while a clarification is awaited. */
export const ClockView = T.Object(
  {
    state: T.Enum(['running', 'paused', 'answered', 'refused', 'overdue']),
    startedAt: T.Union([T.Null(), Instant]),
    /** Moved by what the pauses took. */
    dueAt: Instant,
    pausedMs: T.Integer(),
    endedAt: T.Union([T.Null(), Instant]),
    /** From start to end or now, without pauses. */
    takenMs: T.Union([T.Null(), T.Integer()]),
    inTime: T.Union([T.Null(), T.Boolean()]),
  },
  closed,
);

export const RequestView = T.Object(
  {
    record: Uuid,
    title: T.String(),
    language: T.String(),
    ours: T.Boolean(),
    origin: ServiceBrief,
    urgency: T.String(),
    respondBy: Instant,
    askedAt: Instant,
    /** One line per recipient; for a request to us, one line: ourselves. */
    lines: T.Array(
      T.Object(
        {
          service: ServiceBrief,
          clock: ClockView,
          answers: T.Array(
            T.Object(
              {
                record: Uuid,
                answer: T.Enum(answerStates),
                ground: T.Union([T.Null(), T.String()]),
                restBy: T.Union([T.Null(), Day]),
                at: Instant,
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    /** `answer`, `clarify`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type RequestView = Static<typeof RequestView>;

export const requests = define({
  createRequest: {
    method: 'POST',
    path: '/api/requests',
    needs: 'request',
    summary: 'Ask partners for information: what, why, how urgent, until when, on which legal ground',
    body: RequestInput,
    reply: Made,
  },
  listRequests: {
    method: 'GET',
    path: '/api/requests',
    summary: 'Requests, the soonest due first; of those open, each service has ten of the first places, then ten more',
    query: T.Object(
      {
        direction: T.Union([T.Literal('to-us'), T.Literal('ours')]),
        state: T.Union([T.Literal('open'), T.Literal('closed')]),
        cursor: T.Optional(T.String({ maxLength: 200 })),
        limit: T.Optional(T.Integer({ minimum: 1, maximum: 200 })),
      },
      closed,
    ),
    reply: T.Object({ items: T.Array(RequestView), next: T.Union([T.Null(), T.String()]) }, closed),
  },
  getRequest: {
    method: 'GET',
    path: '/api/requests/:id',
    summary: 'One request with its answers and clock',
    params: byId,
    reply: RequestView,
  },
  answerRequest: {
    method: 'POST',
    path: '/api/requests/:id/answers',
    needs: 'answer-request',
    summary: 'Answer a request: in full, in part, nothing known, clarification needed, or refused with a ground',
    params: byId,
    body: AnswerInput,
    reply: Made,
  },
  clarifyRequest: {
    method: 'POST',
    path: '/api/requests/:id/clarification',
    needs: 'request',
    summary: 'Clarify an own request: a new revision with the clarification; the clocks run again',
    params: byId,
    body: T.Object({ text: Text }, closed),
    reply: Made,
  },
});

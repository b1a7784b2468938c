import { type Static, Type as T } from 'typebox';
import {
  correctionAnswers,
  correctionChanges,
  correctionGrounds,
  correctionRefusalGrounds,
  reliedOnStages,
} from '#src/kinds/correction/words.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import {
  closed,
  Day,
  define,
  GradingInput,
  Instant,
  MarkingInput,
  RefusalBrief,
  ServiceBrief,
  Uuid,
} from '../contract.ts';

const byId = T.Object({ id: Uuid }, closed);
const Explanation = T.String({ minLength: 1, maxLength: 2_000 });

/** Why, and until when an answer is asked for; every holder reads it. */
const Why = { ground: T.Enum(correctionGrounds), explanation: Explanation, respondBy: Day } as const;
export const WhyInput = T.Object(Why, closed);

/** The new revision's text. What is not here stays as it was. */
export const RevisionInput = T.Object(
  {
    ...Why,
    title: T.String({ minLength: 1, maxLength: recordLimits.titleCharactersMax }),
    /** null: as before, for kinds that are not graded */
    grading: T.Union([T.Null(), GradingInput]),
    portions: T.Array(
      T.Object(
        {
          text: T.String({ minLength: 1, maxLength: recordLimits.portionCharactersMax }),
          nature: T.Union([T.Literal('fact'), T.Literal('assessment')]),
          /** null: the record's own marking */
          marking: T.Union([T.Null(), MarkingInput]),
        },
        closed,
      ),
      { minItems: 1, maxItems: recordLimits.portionsMax },
    ),
  },
  closed,
);
export type RevisionInput = Static<typeof RevisionInput>;

/** REL-3, COR-1: one holder. A relay sees itself and those whom it gave a copy; the origin sees the whole tree. */
export const HolderView = T.Object(
  {
    service: ServiceBrief,
    /** Through whom, the nearest to us first; empty: given directly. */
    via: T.Array(ServiceBrief),
    /** granted: may have it, no receipt · reported: by the relay · confirmed: by the holder's own signed receipt. */
    state: T.Enum(['granted', 'reported', 'confirmed']),
    /** KEY-2: known only through this service; nobody has compared fingerprints. */
    vouchedBy: T.Union([T.Null(), ServiceBrief]),
    /** The newest revision that it is known to hold. */
    revision: T.Integer(),
    since: Instant,
    confirmedAt: T.Union([T.Null(), Instant]),
    /** Portions of that revision that its copy lacks. */
    portionsWithheld: T.Integer(),
  },
  closed,
);
export type HolderView = Static<typeof HolderView>;

/** COR-2, COR-4: what one holder was asked and what it answered. */
export const BoardLine = T.Object(
  {
    service: ServiceBrief,
    via: T.Array(ServiceBrief),
    askedAt: T.Union([T.Null(), Instant]),
    /** The holder's node has it: its receipt. */
    deliveredAt: T.Union([T.Null(), Instant]),
    answer: T.Union([
      T.Null(),
      T.Object(
        {
          record: Uuid,
          answer: T.Enum(correctionAnswers),
          at: Instant,
          case: T.Union([T.Null(), T.String()]),
          stage: T.Union([T.Null(), T.String()]),
          ground: T.Union([T.Null(), T.String()]),
          explanation: T.Union([T.Null(), T.String()]),
        },
        closed,
      ),
    ]),
    /** Reminders sent since. */
    remindedAt: T.Union([T.Null(), Instant]),
    overdue: T.Boolean(),
    /** Nothing of ours reaches it: revoked, or no way known. */
    unreachable: T.Boolean(),
    /** The refusal for which the correction did not go to it; null where it went. */
    unreached: T.Union([T.Null(), RefusalBrief]),
  },
  closed,
);

export const CorrectionView = T.Object(
  {
    correction: Uuid,
    about: Uuid,
    change: T.Enum(correctionChanges),
    ground: T.Enum(correctionGrounds),
    explanation: T.Union([T.Null(), T.String()]),
    issuedAt: Instant,
    respondBy: Day,
    origin: ServiceBrief,
    ours: T.Boolean(),
    /** COR-2: a later correction of the same record has taken its place; nobody owes it an answer. */
    superseded: T.Boolean(),
    /** For the origin: every holder. For a holder: itself alone. */
    board: T.Array(BoardLine),
    /** For a holder: our registered uses of the record, so that nobody forgets to say what relied on it. */
    reliedOn: T.Array(T.Object({ reference: T.String(), stage: T.Union([T.Null(), T.String()]) }, closed)),
    /** `answer`, `remind`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type CorrectionView = Static<typeof CorrectionView>;

export const CorrectionAnswerInput = T.Object(
  {
    answer: T.Enum(correctionAnswers),
    /** With `relied-on`. */
    case: T.Optional(T.String({ minLength: 1, maxLength: 200 })),
    stage: T.Optional(T.Enum(reliedOnStages)),
    /** With `refused`. */
    ground: T.Optional(T.Enum(correctionRefusalGrounds)),
    explanation: T.Optional(Explanation),
  },
  closed,
);
export type CorrectionAnswerInput = Static<typeof CorrectionAnswerInput>;

/** COR-3: something that a record of ours draws on has been corrected or withdrawn since. */
export const CitationFlag = T.Object(
  {
    cited: Uuid,
    citedOrigin: ServiceBrief,
    change: T.Enum(correctionChanges),
    since: Instant,
    review: T.Union([
      T.Null(),
      T.Object({ decision: T.String(), reason: T.String(), officer: T.String(), at: Instant }, closed),
    ]),
  },
  closed,
);
export type CitationFlag = Static<typeof CitationFlag>;

const Corrected = T.Object({ record: Uuid, hash: T.String(), correction: Uuid }, closed);

export const corrections = define({
  listHolders: {
    method: 'GET',
    path: '/api/records/:id/holders',
    summary: 'Who holds this, as far as this service may know',
    params: byId,
    reply: T.Array(HolderView),
  },
  revise: {
    method: 'POST',
    path: '/api/records/:id/revisions',
    needs: 'correct',
    act: 'correct',
    summary: 'Correct an own record: a new revision goes to every holder, and each is asked to answer (COR-1)',
    params: byId,
    body: RevisionInput,
    reply: Corrected,
  },
  withdraw: {
    method: 'POST',
    path: '/api/records/:id/withdrawal',
    needs: 'correct',
    act: 'withdraw',
    summary: 'Withdraw an own record: every holder is told and quarantines it',
    params: byId,
    body: WhyInput,
    reply: Corrected,
  },
  erase: {
    method: 'POST',
    path: '/api/records/:id/erasure',
    needs: 'correct',
    act: 'erase',
    summary: 'Erase an own record here, and ask every holder to erase it (ACC-14, COR-4)',
    params: byId,
    body: WhyInput,
    reply: Corrected,
  },
  listCorrections: {
    method: 'GET',
    path: '/api/records/:id/corrections',
    summary:
      'Corrections of this record, newest first, each with its board; also by the id of a correction record itself',
    params: byId,
    reply: T.Array(CorrectionView),
  },
  answerCorrection: {
    method: 'POST',
    path: '/api/corrections/:id/answer',
    needs: 'answer-correction',
    act: 'answer-correction',
    summary:
      'Answer a correction: replaced, quarantined, erased, relied on in a case, or refused with a ground (COR-2)',
    params: byId,
    body: CorrectionAnswerInput,
    reply: T.Object({ record: Uuid, hash: T.String() }, closed),
  },
  remindOfCorrection: {
    method: 'POST',
    path: '/api/corrections/:id/reminder',
    needs: 'correct',
    summary: 'Send a correction again to every holder that has not answered',
    params: byId,
    reply: T.Object({ reminded: T.Integer() }, closed),
  },
  listCitationFlags: {
    method: 'GET',
    path: '/api/records/:id/citation-flags',
    summary: 'What this record draws on that was corrected or withdrawn since',
    params: byId,
    reply: T.Array(CitationFlag),
  },
  reviewCitation: {
    method: 'POST',
    path: '/api/records/:id/citation-reviews',
    needs: 'compose',
    act: 'review-citation',
    summary: 'Say, with a reason, that an own record stands although what it cites was corrected',
    params: byId,
    body: T.Object({ cited: Uuid, reason: Explanation }, closed),
    reply: T.Array(CitationFlag),
  },
});

import { dayOf, daysAfter } from '#src/engine/today.ts';
import { answer as answerKind } from '#src/kinds/answer/index.ts';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { Language, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { Purpose, RecordDraft, RecordReference } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { markingOf } from '../../author-marking.ts';
import type { AnswerInput } from '../contract.ts';

/** A partner's request as the answering officer sees it. */
export interface AskedRequest {
  readonly reference: RecordReference;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly desks: readonly string[];
  /** MRK-1: what an answer inherits, releasable to whoever asked alone. */
  readonly marking: Marking;
}

/** An answer as its author wrote it, ready to be signed; refused where something that goes with it is missing (REQ-2). */
export function answerDraft(
  input: AnswerInput,
  request: AskedRequest,
  made: {
    readonly id: RecordId;
    readonly self: ServiceId;
    readonly desk: string;
    readonly language: Language;
    readonly at: UnixMs;
  },
): RecordDraft | Refusal {
  const problem = answerProblem(input);
  if (problem !== null) return problem;
  const { answer, ground, restBy, grading, text, nature } = input;
  const own = input.marking === null ? [] : [markingOf(input.marking, made.self)];
  const marking = joinMarkings([request.marking, ...own]);
  return {
    id: made.id,
    kind: 'answer',
    revision: 1,
    previous: null,
    status: 'active',
    origin: made.self,
    language: made.language,
    createdAt: Math.floor(made.at / 1_000),
    ...(grading !== undefined && { grading }),
    purpose: request.purpose,
    legalBasis: request.legalBasis,
    reviewBy: daysAfter(dayOf(made.at), 365),
    marking,
    title: answerKind.caption[made.language],
    desk: made.desk,
    portions: text?.trim() && nature !== undefined ? [{ text, nature, marking }] : [],
    body: { answer, ...(ground !== undefined && { ground }), ...(restBy !== undefined && { restBy }) },
    cites: [],
    links: [{ ...request.reference, type: 'replies-to' }],
  };
}

function answerProblem({ answer, ground, restBy, text, nature, grading }: AnswerInput): Refusal | null {
  const informs = answer === 'full' || answer === 'partial';
  const hasText = (text?.trim() ?? '') !== '';
  if ((answer === 'refused') !== (ground !== undefined)) return refuse('answer-incomplete', { at: '/ground' });
  if (restBy !== undefined && (answer !== 'partial' || !isCalendarDate(restBy))) {
    return refuse('answer-incomplete', { at: '/restBy' });
  }
  if (!hasText && (informs || answer === 'clarification-needed')) return refuse('answer-incomplete', { at: '/text' });
  if (hasText && nature === undefined) return refuse('record-portion-nature-missing', { at: '/nature' });
  if (informs && grading === undefined) return refuse('record-grading-missing', { at: '/grading' });
  // A grade on what is no information would be read as one of the service that answers.
  return !informs && grading !== undefined ? refuse('answer-incomplete', { at: '/grading' }) : null;
}

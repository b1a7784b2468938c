import { dayOf, daysAfter } from '#src/engine/today.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import { markingOverSources } from '#src/protocol/marking/sources.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordDraft } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { aboveClearance, markingOf } from '../../author-marking.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { ReportInput } from '../contract.ts';
import { type CitedRecord, floorOf } from './cited-records.ts';

/** A report as its author wrote it, ready to be signed; refused where it is marked below what it draws on (MRK-1). */
export function reportDraft(
  input: ReportInput,
  cited: readonly CitedRecord[],
  made: { id: RecordId; origin: ServiceId; desk: string; at: UnixMs },
): RecordDraft | Refusal {
  const marking = markingOverSources(markingOf(input.marking, made.origin), floorOf(cited));
  if (isRefusal(marking)) return marking;
  return {
    id: made.id,
    kind: 'report',
    revision: 1,
    previous: null,
    status: 'active',
    origin: made.origin,
    language: input.language,
    createdAt: Math.floor(made.at / 1_000),
    grading: input.grading,
    purpose: input.purpose,
    legalBasis: input.legalBasis,
    reviewBy: input.reviewBy,
    marking,
    title: input.title,
    desk: made.desk,
    portions: input.portions.map(({ text, nature, marking: own }) => ({
      text,
      nature,
      // MRK-1: a portion may demand more than its record, never less.
      marking: own === null ? marking : joinMarkings([marking, markingOf(own, made.origin)]),
    })),
    body: { reportType: input.reportType, urgency: input.urgency, respondBy: input.respondBy },
    cites: cited.map(({ reference }) => reference),
    links: [],
  };
}

/** What an author may not ask for: a marking above their own clearance, a review date in the past or years away. */
export function draftProblem(draft: RecordDraft, author: SignedInOfficer, at: UnixMs): Refusal | null {
  const problem = aboveClearance([draft.marking, ...draft.portions.map((portion) => portion.marking)], author);
  if (problem !== null) return problem;
  const today = dayOf(at);
  // ACC-13: three years at most between reviews.
  if (draft.reviewBy <= today || draft.reviewBy > daysAfter(today, 3 * 366)) {
    return refuse('record-review-date-invalid', { at: '/reviewBy' });
  }
  return null;
}

import { dayOf, daysAfter } from '#src/engine/today.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordDraft } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { MarkingInput } from '../../contract.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { ReportInput } from '../contract.ts';

/** A report as its author wrote it, ready to be signed. */
export function reportDraft(
  input: ReportInput,
  made: { id: RecordId; origin: ServiceId; desk: string; at: UnixMs },
): RecordDraft {
  const marking = markingOf(input.marking, made.origin);
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
    cites: [],
    links: [],
  };
}

function markingOf(input: MarkingInput, originator: ServiceId): Marking {
  const { handling, releasableTo, ...rest } = input;
  return {
    ...rest,
    handling: handling.map((condition) => ({ ...condition, originator })),
    releasableTo: releasableTo ?? 'any',
  };
}

/** What an author may not ask for: a marking above their own clearance, a review date in the past or years away. */
export function draftProblem(draft: RecordDraft, author: SignedInOfficer, at: UnixMs): Refusal | null {
  for (const { level, compartments } of [draft.marking, ...draft.portions.map((portion) => portion.marking)]) {
    if (level > author.clearance || compartments.some((name) => !author.compartments.includes(name))) {
      return refuse('above-own-clearance', { at: '/marking' });
    }
  }
  const today = dayOf(at);
  // ACC-13: three years at most between reviews.
  if (draft.reviewBy <= today || draft.reviewBy > daysAfter(today, 3 * 366)) {
    return refuse('record-review-date-invalid', { at: '/reviewBy' });
  }
  return null;
}

import type { ReportInput } from '#src/features/compose/contract.ts';
import type { RequestUrgency } from '#src/kinds/request/words.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';
import { dayAfter } from '#src/web/i18n/format.ts';
import { type MarkingDraft, markingInputOf, newMarking } from '#src/web/marking/marking-draft.ts';
import type { RequestInput } from '../contract.ts';
import { type Deadline, instantOf, usualDeadline } from './deadline.ts';

/** A request on the desk: everything that was typed, complete or not. */
export interface RequestDraft {
  readonly language: Language;
  readonly title: string;
  readonly question: string;
  readonly reasons: string;
  readonly urgency: RequestUrgency;
  readonly urgencyReason: string;
  /** Null: the usual deadline of its urgency, counted from the sending. */
  readonly deadline: Deadline | null;
  readonly judicial: boolean;
  readonly marking: MarkingDraft;
  readonly audience: 'recipients' | 'any';
  readonly purpose: RequestInput['purpose'];
  readonly legalBasis: string;
  readonly recipients: readonly string[];
}
export type RequestField =
  | 'title'
  | 'question'
  | 'reasons'
  | 'urgencyReason'
  | 'respondBy'
  | 'legalBasis'
  | 'recipients';

/** What one asks tells what one does not know: those asked are the audience, unless the officer widens it. */
export const newRequest = (language: Language): RequestDraft => ({
  language,
  title: '',
  question: '',
  reasons: '',
  urgency: 'routine',
  urgencyReason: '',
  deadline: null,
  judicial: false,
  marking: newMarking(2),
  audience: 'recipients',
  purpose: 'terrorism-prevention',
  legalBasis: '',
  recipients: [],
});

export const isBlank = (text: string): boolean => text.trim() === '';

export const isUntouched = (draft: RequestDraft): boolean =>
  draft.recipients.length === 0 && [draft.title, draft.question, draft.reasons].every(isBlank);

export const deadlineOf = (draft: RequestDraft, nowMs: number): Deadline =>
  draft.deadline ?? usualDeadline(draft.urgency, nowMs);

/** The fields that keep a request from being sent, in the order of the page. */
export function missingOf(draft: RequestDraft, nowMs: number): readonly RequestField[] {
  const respondBy = instantOf(deadlineOf(draft, nowMs));
  const missing: readonly [RequestField, boolean][] = [
    ['title', isBlank(draft.title)],
    ['question', isBlank(draft.question)],
    ['reasons', isBlank(draft.reasons)],
    ['urgencyReason', draft.urgency !== 'routine' && isBlank(draft.urgencyReason)],
    ['respondBy', respondBy === null || Date.parse(respondBy) <= nowMs],
    ['legalBasis', isBlank(draft.legalBasis)],
    ['recipients', draft.recipients.length === 0],
  ];
  return missing.flatMap(([field, isMissing]) => (isMissing ? [field] : []));
}

const markingOf = (draft: RequestDraft) =>
  markingInputOf(draft.marking, draft.audience === 'any' ? null : draft.recipients);

/** The request as it will be signed; null while something is missing. */
export function requestInputOf(draft: RequestDraft, nowMs: number): RequestInput | null {
  const respondBy = instantOf(deadlineOf(draft, nowMs));
  if (respondBy === null || missingOf(draft, nowMs).length > 0) return null;
  return {
    language: draft.language,
    title: draft.title.trim(),
    question: draft.question,
    reasons: draft.reasons,
    urgency: draft.urgency,
    ...(draft.urgency === 'routine' ? {} : { urgencyReason: draft.urgencyReason.trim() }),
    respondBy,
    intendedUse: draft.judicial ? 'judicial' : null,
    marking: markingOf(draft),
    purpose: draft.purpose,
    legalBasis: draft.legalBasis.trim(),
    recipients: [...draft.recipients],
  };
}

/**
 * A report to ask the release preview with, before the request is complete: who gets what depends on marking, purpose
 * and agreement alone. Null where there is nobody to ask about.
 */
export function previewInputOf(draft: RequestDraft, nowMs: number): ReportInput | null {
  if (draft.recipients.length === 0) return null;
  const orDots = (text: string) => (isBlank(text) ? '…' : cutText(text, recordLimits.titleCharactersMax));
  return {
    language: draft.language,
    title: orDots(draft.title),
    reportType: 'information',
    urgency: draft.urgency,
    respondBy: null,
    grading: { source: 'F', information: '6' },
    marking: markingOf(draft),
    purpose: draft.purpose,
    legalBasis: isBlank(draft.legalBasis) ? '…' : draft.legalBasis,
    reviewBy: dayAfter(nowMs, 12),
    portions: [draft.question, draft.reasons].map((text) => ({ text: orDots(text), nature: 'fact', marking: null })),
    recipients: [...draft.recipients],
  };
}

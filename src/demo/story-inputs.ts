/** What the story says in short, as the screens would send it in full. */
import type { ReportInput } from '#src/features/compose/contract.ts';
import type { RevisionInput } from '#src/features/corrections/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import type { RequestInput } from '#src/features/requests/contract.ts';
import type { StoryReport } from './story/report.ts';
import type { StoryRequest } from './story/request.ts';
import type { ConditionScene } from './story/scene.ts';

/** A report of the story as the composer would send it: releasable to its recipients and those named, reviewed in a year. */
export function reportInput(
  report: StoryReport,
  recipients: readonly string[],
  releasableTo: readonly string[],
  at: Date,
  cites: readonly string[] = [],
): ReportInput {
  const marking = {
    level: report.level,
    compartments: [],
    handling: report.handling.map((code) => ({ code })),
    releasableTo: [...releasableTo],
  };
  const { language, title, reportType, urgency, respondWithinDays, grading, purpose, legalBasis } = report;
  return {
    language,
    title,
    reportType,
    urgency,
    respondBy: respondWithinDays === undefined ? null : dayAfter(at, respondWithinDays),
    grading,
    marking,
    purpose,
    legalBasis,
    reviewBy: dayAfter(at, 365),
    portions: report.portions.map(({ text, nature, level }) => ({
      text,
      nature,
      marking: level === undefined ? null : { ...marking, level },
    })),
    recipients: [...recipients],
    cites: [...cites],
  };
}

/** The report with one portion written anew, the others as they stand. */
export function correctionInput(
  { ground, explanation, respondWithinDays, portion, text }: Extract<ConditionScene, { act: 'correct' }>,
  record: RecordView,
  at: Date,
): RevisionInput {
  return {
    ground,
    explanation,
    respondBy: dayAfter(at, respondWithinDays),
    title: record.title ?? '',
    // It was signed with a grading of the closed list
    grading: record.grading as RevisionInput['grading'],
    portions: record.portions.map((before) => ({
      text: before.index === portion ? text : before.text,
      nature: before.nature === 'assessment' ? 'assessment' : 'fact',
      marking: null,
    })),
  };
}

export function requestInput(request: StoryRequest, recipients: readonly string[], at: Date): RequestInput {
  const { language, title, question, reasons, urgency, urgencyReason, respondWithinDays, purpose, legalBasis } =
    request;
  return {
    language,
    title,
    question,
    reasons,
    urgency,
    urgencyReason,
    respondBy: new Date(at.getTime() + respondWithinDays * 86_400_000).toISOString(),
    intendedUse: null,
    marking: { level: 1, compartments: [], handling: [{ code: 'H1' }, { code: 'H2' }], releasableTo: [...recipients] },
    purpose,
    legalBasis,
    recipients: [...recipients],
  };
}

export function dayAfter(at: Date, days: number): string {
  return new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

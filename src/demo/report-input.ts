import type { ReportInput } from '#src/features/compose/contract.ts';
import type { StoryReport } from './story/report.ts';

/** A report of the story as the composer would send it: releasable to its recipients alone, reviewed in a year. */
export function reportInput(report: StoryReport, recipients: readonly string[], at: Date): ReportInput {
  const marking = {
    level: report.level,
    compartments: [],
    handling: report.handling.map((code) => ({ code })),
    releasableTo: [...recipients],
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
  };
}

function dayAfter(at: Date, days: number): string {
  return new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

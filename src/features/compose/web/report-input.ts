import type { MarkingInput } from '#src/features/contract.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';
import type { ReportInput } from '../contract.ts';
import { type Draft, type DraftPortion, isBlank } from './draft.ts';

/** A field that keeps a draft from being sent, and why. */
export interface DraftProblem {
  readonly field: 'title' | 'portions' | 'source' | 'information' | 'legalBasis' | 'reviewBy' | 'recipients';
  readonly why: 'missing' | 'too-long' | 'too-many';
}

const filled = (draft: Draft): readonly DraftPortion[] => draft.portions.filter(({ text }) => !isBlank(text));

export function problemsOf(draft: Draft): readonly DraftProblem[] {
  const missing: DraftProblem['field'][] = [];
  if (isBlank(draft.title)) missing.push('title');
  if (filled(draft).length === 0) missing.push('portions');
  if (draft.source === '') missing.push('source');
  if (draft.information === '') missing.push('information');
  if (isBlank(draft.legalBasis)) missing.push('legalBasis');
  if (draft.reviewBy === null) missing.push('reviewBy');
  if (draft.recipients.length === 0) missing.push('recipients');
  const problems: DraftProblem[] = missing.map((field) => ({ field, why: 'missing' }));
  if (draft.title.length > recordLimits.titleCharactersMax) problems.push({ field: 'title', why: 'too-long' });
  if (draft.portions.some(({ text }) => text.length > recordLimits.portionCharactersMax))
    problems.push({ field: 'portions', why: 'too-long' });
  if (filled(draft).length > recordLimits.portionsMax) problems.push({ field: 'portions', why: 'too-many' });
  return problems;
}

function handlingOf(draft: Draft): MarkingInput['handling'] {
  const handling: MarkingInput['handling'] = [];
  if (draft.notInCourt) handling.push({ code: 'H1' });
  if (draft.notOnward) handling.push({ code: 'H2' });
  if (!isBlank(draft.condition)) handling.push({ code: 'H3', note: draft.condition.trim() });
  // ACC-01: freedom is a handling too, and is said.
  return handling.length > 0 ? handling : [{ code: 'H0' }];
}

/** MRK-1: whom the author means, of those whom the sources allow. */
function audienceOf({ audience, recipients, onlyFor }: Draft): string[] | null {
  if (audience === 'any') return onlyFor && [...onlyFor];
  return narrowed(recipients, onlyFor);
}

function markingOf(draft: Draft): MarkingInput {
  return {
    level: draft.level,
    compartments: [...draft.compartments],
    handling: handlingOf(draft),
    releasableTo: audienceOf(draft),
    ...(draft.tlp === '' ? {} : { tlp: draft.tlp }),
    ...(draft.pap === '' ? {} : { pap: draft.pap }),
  };
}

const narrowed = (chosen: readonly string[], allowed: readonly string[] | null): string[] =>
  chosen.filter((service) => allowed === null || allowed.includes(service));

function portionMarkingOf(draft: Draft, { raised }: DraftPortion): MarkingInput | null {
  if (!raised) return null;
  return {
    ...markingOf(draft),
    // MRK-1: never below the report, also when the report was raised after the portion.
    level: raised.level > draft.level ? raised.level : draft.level,
    compartments: [...new Set([...draft.compartments, ...raised.compartments])],
    ...(raised.onlyFor === null ? {} : { releasableTo: narrowed(raised.onlyFor, draft.onlyFor) }),
  };
}

/**
 * The draft as the report that will be signed. Texts go as they were typed, byte for byte; only portions without a
 * letter are left out. Null while something is missing.
 */
export function reportInputOf(draft: Draft): ReportInput | null {
  const { source, information, reviewBy } = draft;
  if (source === '' || information === '' || reviewBy === null || problemsOf(draft).length > 0) return null;
  return {
    language: draft.language,
    title: draft.title.trim(),
    reportType: draft.reportType,
    urgency: draft.urgency,
    respondBy: draft.respondBy,
    grading: { source, information },
    marking: markingOf(draft),
    purpose: draft.purpose,
    legalBasis: draft.legalBasis.trim(),
    reviewBy,
    portions: filled(draft).map((portion) => ({
      text: portion.text,
      nature: portion.nature,
      marking: portionMarkingOf(draft, portion),
    })),
    recipients: [...draft.recipients],
    ...(draft.cites.length === 0 ? {} : { cites: [...draft.cites] }),
  };
}

/**
 * A report to ask the preview with before everything is filled in: who gets which portion does not depend on title,
 * grading or legal basis. `portions[i]` of an answer is the portion `keys[i]`. Null where there is nothing to ask yet.
 */
export function previewInputOf(draft: Draft, reviewBy: string): { input: ReportInput; keys: readonly string[] } | null {
  const standIn: Draft = {
    ...draft,
    title: isBlank(draft.title) ? '…' : cutText(draft.title, recordLimits.titleCharactersMax),
    source: draft.source || 'F',
    information: draft.information || '6',
    legalBasis: isBlank(draft.legalBasis) ? '…' : draft.legalBasis,
    reviewBy: draft.reviewBy ?? reviewBy,
  };
  const input = reportInputOf(standIn);
  return input && { input, keys: filled(draft).map(({ key }) => key) };
}

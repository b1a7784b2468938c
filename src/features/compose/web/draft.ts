import type { MarkingInput } from '#src/features/contract.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { languages } from '#src/protocol/primitives.ts';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { dayAfter } from '#src/web/i18n/format.ts';
import { type ReportInput, reportTypes, urgencies } from '../contract.ts';

/** What one portion demands beyond the report. */
export interface RaisedMarking {
  readonly level: MarkingInput['level'];
  readonly compartments: readonly string[];
  /** Null: whoever may have the report. A list: these alone. */
  readonly onlyFor: readonly string[] | null;
}
export interface DraftPortion {
  readonly key: string;
  readonly text: string;
  readonly nature: ReportInput['portions'][number]['nature'];
  readonly raised: RaisedMarking | null;
}
/** A report on the desk: everything that was typed, complete or not. */
export interface Draft {
  readonly language: Language;
  readonly title: string;
  readonly reportType: ReportInput['reportType'];
  readonly urgency: ReportInput['urgency'];
  readonly respondBy: string | null;
  readonly source: ReportInput['grading']['source'] | '';
  readonly information: ReportInput['grading']['information'] | '';
  readonly level: MarkingInput['level'];
  readonly compartments: readonly string[];
  readonly notInCourt: boolean;
  readonly notOnward: boolean;
  readonly condition: string;
  readonly audience: 'any' | 'recipients';
  readonly tlp: NonNullable<MarkingInput['tlp']> | '';
  readonly pap: NonNullable<MarkingInput['pap']> | '';
  readonly purpose: ReportInput['purpose'];
  readonly legalBasis: string;
  readonly reviewBy: string | null;
  readonly portions: readonly DraftPortion[];
  readonly recipients: readonly string[];
  /** Records that it draws on. */
  readonly cites: readonly string[];
  /** Inherited from them (MRK-1): nobody else may have it; null: whoever may. */
  readonly onlyFor: readonly string[] | null;
  /** Idempotency key of the sending; new with every change, the same for every repetition of the same content. */
  readonly sendKey: string;
}

export const newPortion = (text = ''): DraftPortion => ({ key: uuidv7(), text, nature: 'fact', raised: null });

/** Originator control is the default: an officer who wants to give more freely says so. */
export function newDraft(
  language: Language,
  nowMs: number,
  habits: Partial<Pick<Draft, 'level' | 'purpose' | 'legalBasis'>>,
): Draft {
  return {
    language,
    title: '',
    reportType: 'lead',
    urgency: 'routine',
    respondBy: null,
    source: '',
    information: '',
    level: 2,
    compartments: [],
    notInCourt: true,
    notOnward: true,
    condition: '',
    audience: 'any',
    tlp: '',
    pap: '',
    purpose: 'terrorism-prevention',
    legalBasis: '',
    reviewBy: dayAfter(nowMs, 12),
    portions: [newPortion()],
    recipients: [],
    cites: [],
    onlyFor: null,
    sendKey: uuidv7(),
    ...habits,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const oneOf = <V>(values: readonly V[], value: unknown, otherwise: V): V =>
  values.find((one) => one === value) ?? otherwise;
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

export const sources = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const informations = ['1', '2', '3', '4', '5', '6'] as const;
export const levels = [0, 1, 2, 3, 4] as const;
export const tlps = ['red', 'amber+strict', 'amber', 'green', 'clear'] as const;
export const paps = ['red', 'amber', 'green', 'clear'] as const;
export const purposes = [
  'terrorism-prevention',
  'terrorism-investigation',
  'organised-crime',
  'border-security',
] as const;

/** A draft that was kept, perhaps by an earlier version of the screen: what is missing or strange becomes as in a new one. */
export function readDraft(kept: unknown, fresh: Draft): Draft {
  if (typeof kept !== 'object' || kept === null) return fresh;
  const given = kept as { readonly [K in keyof Draft]?: unknown };
  const text = (value: unknown, otherwise: string) => (isText(value) ? value : otherwise);
  const portions = Array.isArray(given.portions) ? given.portions.flatMap(readPortion) : [];
  return {
    language: oneOf(languages, given.language, fresh.language),
    title: text(given.title, ''),
    reportType: oneOf(reportTypes, given.reportType, fresh.reportType),
    urgency: oneOf(urgencies, given.urgency, fresh.urgency),
    respondBy: isText(given.respondBy) ? given.respondBy : null,
    source: oneOf<Draft['source']>(sources, given.source, ''),
    information: oneOf<Draft['information']>(informations, given.information, ''),
    level: oneOf(levels, given.level, fresh.level),
    compartments: texts(given.compartments),
    notInCourt: given.notInCourt !== false,
    notOnward: given.notOnward !== false,
    condition: text(given.condition, ''),
    audience: given.audience === 'recipients' ? 'recipients' : 'any',
    tlp: oneOf<Draft['tlp']>(tlps, given.tlp, ''),
    pap: oneOf<Draft['pap']>(paps, given.pap, ''),
    purpose: oneOf(purposes, given.purpose, fresh.purpose),
    legalBasis: text(given.legalBasis, fresh.legalBasis),
    reviewBy: isText(given.reviewBy) ? given.reviewBy : fresh.reviewBy,
    portions: portions.length > 0 ? portions : fresh.portions,
    recipients: texts(given.recipients),
    cites: texts(given.cites),
    onlyFor: Array.isArray(given.onlyFor) ? texts(given.onlyFor) : null,
    sendKey: text(given.sendKey, fresh.sendKey),
  };
}

function readPortion(kept: unknown): DraftPortion[] {
  if (typeof kept !== 'object' || kept === null) return [];
  const { text, nature, raised } = kept as { readonly [K in keyof DraftPortion]?: unknown };
  if (!isText(text)) return [];
  return [{ ...newPortion(text), nature: nature === 'assessment' ? 'assessment' : 'fact', raised: readRaised(raised) }];
}

function readRaised(kept: unknown): RaisedMarking | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { level, compartments, onlyFor } = kept as { readonly [K in keyof RaisedMarking]?: unknown };
  return {
    level: oneOf(levels, level, 0),
    compartments: texts(compartments),
    onlyFor: Array.isArray(onlyFor) ? texts(onlyFor) : null,
  };
}

export const isBlank = (text: string): boolean => text.trim() === '';

/** Nothing of one's own was written yet. */
export const isUntouched = (draft: Draft): boolean =>
  draft.title === '' &&
  draft.recipients.length === 0 &&
  draft.cites.length === 0 &&
  draft.portions.every(({ text }) => text === '');

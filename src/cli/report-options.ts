/** From options to a report. No default lowers protection: where one is a choice, the stricter is taken and said in the help. */
import { type ReportInput, reportTypes, urgencies } from '#src/features/compose/contract.ts';
import type { MarkingInput } from '#src/features/contract.ts';
import type { PartnerView } from '#src/features/partners/contract.ts';
import type { Me } from '#src/features/session/contract.ts';
import { calendarDateOf, yearsAfter } from '#src/protocol/calendar.ts';
import { handlingCodes, type Level, papLabels, tlpLabels } from '#src/protocol/marking/marking.ts';
import { type Language, languages } from '#src/protocol/primitives.ts';
import {
  informationCredibilities,
  portionNatures,
  recordLimits,
  sourceReliabilities,
} from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';
import { type Options, UsageError, type Values } from './command.ts';
import { asciiDigits } from './digits.ts';
import type { Say } from './messages.ts';
import { day, level, listed, oneOf, portionNumbers, required } from './values.ts';
import { reportPurposes } from './words.ts';

/** How a whole text is marked. */
export const markingOptions = {
  level: { type: 'string', value: '0-4', help: 'option.level' },
  compartments: { type: 'string', value: 'NAME,NAME', help: 'option.compartments' },
  handling: { type: 'string', value: 'H0|H1,H2,H3', help: 'option.handling' },
  'handling-note': { type: 'string', value: 'TEXT', help: 'option.handling-note' },
  'releasable-to': { type: 'string', value: 'any|SERVICE,…', help: 'option.releasable-to' },
  tlp: { type: 'string', value: tlpLabels.join('|'), help: 'option.tlp' },
  pap: { type: 'string', value: papLabels.join('|'), help: 'option.pap' },
} as const satisfies Options;

export const reportOptions = {
  grading: { type: 'string', value: 'A1…F6', help: 'option.grading' },
  title: { type: 'string', value: 'TITLE', help: 'option.title' },
  cites: { type: 'string', value: 'ID,ID', help: 'option.cites' },
  type: { type: 'string', value: 'lead|information', help: 'option.type' },
  urgency: { type: 'string', value: 'routine|urgent|immediate', help: 'option.urgency' },
  'respond-by': { type: 'string', value: 'YYYY-MM-DD', help: 'option.respond-by' },
  ...markingOptions,
  'portion-levels': { type: 'string', value: 'N=LEVEL,…', help: 'option.portion-levels' },
  nature: { type: 'string', value: 'fact|assessment', help: 'option.nature' },
  facts: { type: 'string', value: 'N,N-N', help: 'option.facts' },
  assessments: { type: 'string', value: 'N,N-N', help: 'option.assessments' },
  purpose: { type: 'string', value: 'PURPOSE', help: 'option.purpose' },
  'legal-basis': { type: 'string', value: 'TEXT', help: 'option.legal-basis' },
  'review-by': { type: 'string', value: 'YYYY-MM-DD', help: 'option.review-by' },
  'text-language': { type: 'string', value: 'ar|fr|en', help: 'option.text-language' },
} as const satisfies Options;

interface Around {
  /** The text's first line. */
  readonly title: string;
  readonly portions: readonly string[];
  readonly recipients: readonly PartnerView[];
  readonly me: Me;
  readonly say: Say;
}

export function reportFrom(values: Values<typeof reportOptions>, around: Around): ReportInput {
  const { title, portions, recipients, me, say } = around;
  const today = calendarDateOf(Date.parse(me.now) / 1_000);
  const marking = markingFrom(values, around);
  const natureOf = natures(values, portions.length, say);
  const levelOf = portionLevels(values['portion-levels'], portions.length, say);
  return {
    language: textLanguage(values['text-language'], portions, me.language, say),
    title: values.title ?? title,
    reportType: oneOf('type', values.type ?? 'lead', reportTypes, say),
    urgency: oneOf('urgency', values.urgency ?? 'routine', urgencies, say),
    respondBy: values['respond-by'] === undefined ? null : day('respond-by', values['respond-by'], say),
    grading: gradingFrom(required('grading', values.grading, say), say),
    marking,
    purpose: oneOf('purpose', values.purpose ?? 'terrorism-prevention', reportPurposes, say),
    legalBasis: values['legal-basis'] ?? agreementBasis(recipients, say),
    reviewBy: day('review-by', values['review-by'] ?? yearsAfter(today, 1), say),
    portions: portions.map((text, index) => {
      const own = levelOf.get(index + 1);
      return { text, nature: natureOf(index + 1), marking: own === undefined ? null : { ...marking, level: own } };
    }),
    recipients: recipients.map((partner) => partner.service.id),
    ...(values.cites !== undefined && { cites: listed(values.cites) }),
  };
}

export function gradingFrom(text: string, say: Say): ReportInput['grading'] {
  const [letter, digit, ...more] = asciiDigits(text);
  const source = sourceReliabilities.find((one) => one === letter?.toUpperCase());
  const information = informationCredibilities.find((one) => one === digit);
  if (!source || !information || more.length > 0) throw new UsageError(say('usage.grading'));
  return { source, information };
}

export function markingFrom(
  values: Values<typeof markingOptions>,
  { recipients, say }: Pick<Around, 'recipients' | 'say'>,
): MarkingInput {
  const codes = listed(values.handling ?? 'H1,H2').map((code) => oneOf('handling', code, handlingCodes, say));
  const note = values['handling-note'];
  return {
    level: level('level', values.level ?? '2', say),
    compartments: listed(values.compartments),
    handling: codes.map((code) => (code === 'H3' ? { code, note: required('handling-note', note, say) } : { code })),
    releasableTo: releasableTo(values['releasable-to'], recipients, say),
    ...(values.tlp === undefined ? {} : { tlp: oneOf('tlp', values.tlp, tlpLabels, say) }),
    ...(values.pap === undefined ? {} : { pap: oneOf('pap', values.pap, papLabels, say) }),
  };
}

/** The recipients alone, unless more is said. */
function releasableTo(text: string | undefined, recipients: readonly PartnerView[], say: Say): string[] | null {
  if (text === 'any') return null;
  const more = listed(text).map((word) => {
    const known = recipients.find(({ service }) => service.code === word || service.id === word);
    if (!known && !/^[\w-]{43}$/.test(word)) {
      throw new UsageError(say('usage.releasable-to', { service: word }));
    }
    return known?.service.id ?? word;
  });
  return [...new Set([...recipients.map(({ service }) => service.id), ...more])];
}

function natures(values: Values<typeof reportOptions>, count: number, say: Say) {
  const otherwise = oneOf('nature', values.nature ?? 'assessment', portionNatures, say);
  const facts = portionNumbers('facts', values.facts, count, say);
  const assessments = portionNumbers('assessments', values.assessments, count, say);
  return (portion: number) => {
    if (facts.has(portion) && assessments.has(portion)) throw new UsageError(say('usage.both-natures', { portion }));
    if (facts.has(portion)) return 'fact';
    return assessments.has(portion) ? 'assessment' : otherwise;
  };
}

function portionLevels(text: string | undefined, count: number, say: Say): Map<number, Level> {
  return new Map(
    listed(text).map((part) => {
      const [portion, wanted = ''] = part.split('=', 2);
      const number = Number(asciiDigits(portion ?? ''));
      if (!(number >= 1 && number <= count)) throw new UsageError(say('usage.portion-levels', { count }));
      return [number, level('portion-levels', wanted, say)];
    }),
  );
}

/** Arabic is seen by its letters; French and English are told apart by the officer, not guessed. */
export function textLanguage(chosen: string | undefined, portions: readonly string[], own: string, say: Say): Language {
  if (chosen !== undefined) return oneOf('text-language', chosen, languages, say);
  const text = portions.join('\n');
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (arabic > latin) return 'ar';
  return oneOf('text-language', required('text-language', own === 'ar' ? '' : own, say), languages, say);
}

/** The agreement in force with the first recipient. */
export function agreementBasis(recipients: readonly PartnerView[], say: Say): string {
  const agreement = recipients[0]?.agreements.find((one) => one.inForce);
  return cutText(required('legal-basis', agreement?.title, say), recordLimits.legalBasisCharactersMax);
}

import type { MarkingView } from '#src/features/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { kindOf } from '#src/kinds/index.ts';
import { linkTypes } from '#src/protocol/record/record.ts';
import { boardLines } from './board-lines.ts';
import type { Say } from './messages.ts';
import { isolate } from './table.ts';
import { moment } from './time.ts';

/** A record for reading: what it demands first, then its text with each portion's number, then what hangs on it. */
export function recordLines(view: RecordView, say: Say): string[] {
  const kind = kindOf(view.kind)?.caption[say.language] ?? view.kind;
  return [
    `${kind} — ${isolate(view.about ?? view.title ?? say('show.no-title'))}`,
    `  ${view.record} · ${say('show.revision', { revision: view.revision })} · ${moment(view.createdAt, say)}`,
    `  ${say('show.from', { service: view.origin.names[say.language] })}`,
    `  ${markingWords(view.marking, say)}`,
    `  ${say('show.purpose', { purpose: view.purpose, basis: view.legalBasis, review: view.reviewBy })}`,
    ...(view.grading === null ? [] : [`  ${say('show.grading', { ...view.grading })}`]),
    '',
    ...view.portions.flatMap((portion) => [
      `${portion.index + 1}. ${say(portion.nature === 'fact' ? 'nature.fact' : 'nature.assessment')} · ${markingWords(portion.marking, say)}`,
      portion.text,
      '',
    ]),
    ...Object.entries(view.body).map(
      ([field, value]) => `${wordOf(view.kind, field, say)}: ${valueWords(view.kind, field, value, say)}`,
    ),
    ...view.links.map(
      ({ type, direction, record }) =>
        `${direction === 'in' ? '←' : '→'} ${linkWord(type, say)} · ${isolate(record.about ?? record.title)} · ${record.record}`,
    ),
    ...(view.deliveries.length + view.holders.length === 0 ? [] : ['', ...boardLines(view, say)]),
    ...(view.allowed.length === 0 ? [] : ['', say('show.allowed', { allowed: view.allowed.join(', ') })]),
  ];
}

/** The kind's own caption of a field, or of a closed list's value as `field/value`. */
function wordOf(kind: string, captioned: string, say: Say): string {
  return kindOf(kind)?.captions[captioned]?.[say.language] ?? captioned.split('/').at(-1) ?? captioned;
}

function valueWords(kind: string, field: string, value: unknown, say: Say): string {
  if (value === null) return '—';
  if (typeof value === 'string') return wordOf(kind, `${field}/${value}`, say);
  if (Array.isArray(value)) return value.map((one) => valueWords(kind, field, one, say)).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${wordOf(kind, name, say)}: ${valueWords(kind, name, inner, say)}`)
    .join(' · ');
}

function linkWord(type: string, say: Say): string {
  const known = linkTypes.find((one) => one === type);
  return known ? say(`link.${known}`) : type;
}

function markingWords(marking: MarkingView, say: Say): string {
  const handling = marking.handling.map(({ code, originator, note }) =>
    note === undefined ? `${code} (${originator.code})` : `${code} (${originator.code}): ${isolate(note)}`,
  );
  return [
    say('show.level', { level: marking.level }),
    ...marking.compartments.map(isolate),
    ...handling,
    ...(marking.tlp === undefined ? [] : [`TLP:${marking.tlp.toUpperCase()}`]),
    ...(marking.pap === undefined ? [] : [`PAP:${marking.pap.toUpperCase()}`]),
  ].join(' · ');
}

import type { MarkingView } from '#src/features/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { kindOf } from '#src/kinds/index.ts';
import { boardLines } from './board-lines.ts';
import type { Say } from './messages.ts';
import { moment } from './time.ts';

/** A record for reading: what it demands first, then its text with each portion's number, then what hangs on it. */
export function recordLines(view: RecordView, say: Say): string[] {
  const kind = kindOf(view.kind)?.caption[say.language] ?? view.kind;
  return [
    `${kind} — ${view.title ?? say('show.no-title')}`,
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
      ([field, value]) => `${fieldWord(view.kind, field, say)}: ${JSON.stringify(value)}`,
    ),
    ...view.links.map(
      ({ type, direction, record }) =>
        `${direction === 'in' ? '←' : '→'} ${type} · ${kindOf(record.kind)?.caption[say.language] ?? record.kind} · ${record.title} · ${record.record}`,
    ),
    ...(view.deliveries.length === 0 ? [] : ['', ...boardLines(view, say)]),
    ...(view.allowed.length === 0 ? [] : ['', say('show.allowed', { allowed: view.allowed.join(', ') })]),
  ];
}

function fieldWord(kind: string, field: string, say: Say): string {
  return kindOf(kind)?.captions[field]?.[say.language] ?? field;
}

function markingWords(marking: MarkingView, say: Say): string {
  const handling = marking.handling.map(({ code, originator, note }) =>
    note === undefined ? `${code} (${originator.code})` : `${code} (${originator.code}): ${note}`,
  );
  return [
    say('show.level', { level: marking.level }),
    ...marking.compartments,
    ...handling,
    ...(marking.tlp === undefined ? [] : [`TLP:${marking.tlp.toUpperCase()}`]),
    ...(marking.pap === undefined ? [] : [`PAP:${marking.pap.toUpperCase()}`]),
  ].join(' · ');
}

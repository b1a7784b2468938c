import type { Static } from 'typebox';
import type { Language } from '#src/protocol/primitives.ts';
import { duration, longDay, relativeInstant } from '#src/web/i18n/format.ts';
import type { Text } from '#src/web/i18n/use-text.ts';
import { promisedRest } from '../../promised-rest.ts';
import type { ClockView, RequestView } from '../contract.ts';
import type { RequestMessages } from './messages.ar.ts';

export type Clock = Static<typeof ClockView>;
type Line = RequestView['lines'][number];
export type Timed = Pick<Line, 'clock' | 'answers'>;

/** What one clock says; its tone decides how loudly. */
export type ClockSaying =
  | {
      readonly key: 'due' | 'notStarted' | 'paused' | 'overdue' | 'inTime' | 'late' | 'refused';
      readonly tone: 'waiting' | 'soon' | 'bad' | 'done' | 'still';
      /** Until when (`due`), or how long (`overdue`, `inTime`, `late`); ms. */
      readonly ms: number;
    }
  | { readonly key: 'rest'; readonly tone: 'waiting'; readonly day: string };

const soonMs = 24 * 3_600_000;

/** The clock as it stands now: one that the server gave as running may have run out since. */
export function sayingOf({ clock, answers }: Timed, nowMs: number): ClockSaying {
  const leftMs = Date.parse(clock.dueAt) - nowMs;
  if (clock.state === 'refused') return { key: 'refused', tone: 'still', ms: clock.takenMs ?? 0 };
  if (clock.state === 'answered') {
    return clock.inTime === false
      ? { key: 'late', tone: 'bad', ms: clock.takenMs ?? 0 }
      : { key: 'inTime', tone: 'done', ms: clock.takenMs ?? 0 };
  }
  if (clock.state === 'paused') return { key: 'paused', tone: 'waiting', ms: leftMs };
  if (clock.state === 'overdue' || leftMs < 0) {
    // Who said when the rest comes is not called late before: the day is what there is to wait for.
    const day = promisedRest(answers, nowMs);
    if (day !== null) return { key: 'rest', tone: 'waiting', day };
    return { key: 'overdue', tone: 'bad', ms: Math.max(0, -leftMs) };
  }
  const tone = leftMs < soonMs ? 'soon' : 'still';
  return { key: clock.startedAt === null ? 'notStarted' : 'due', tone, ms: leftMs };
}

export function clockSentence(
  line: Timed,
  nowMs: number,
  language: Language,
  text: Text<RequestMessages>,
): { readonly says: string; readonly tone: ClockSaying['tone'] } {
  const saying = sayingOf(line, nowMs);
  const { tone } = saying;
  switch (saying.key) {
    case 'due':
    case 'notStarted':
      return { tone, says: text(`clock.${saying.key}`, { when: relativeInstant(line.clock.dueAt, nowMs, language) }) };
    case 'rest':
      return { tone, says: text('clock.rest', { day: longDay(saying.day, language) }) };
    case 'paused':
    case 'refused':
      return { tone, says: text(`clock.${saying.key}`) };
    default:
      return { tone, says: text(`clock.${saying.key}`, { duration: duration(saying.ms, language) }) };
  }
}

/** The line of a request that presses most: what a list shows of several recipients. */
export function pressingLine(lines: readonly Line[], nowMs: number): Line | undefined {
  const order = ['overdue', 'due', 'notStarted', 'rest', 'paused', 'late', 'inTime', 'refused'] as const;
  return lines.toSorted((one, other) => {
    const [a, b] = [sayingOf(one, nowMs), sayingOf(other, nowMs)];
    return order.indexOf(a.key) - order.indexOf(b.key) || one.clock.dueAt.localeCompare(other.clock.dueAt);
  })[0];
}

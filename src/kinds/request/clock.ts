import type { UnixMs } from '#src/protocol/primitives.ts';
import type { AnswerState } from './words.ts';

/** What moves the clock of one request at one recipient: an answer of that recipient, or a clarification that reached it. */
export interface ClockEvent {
  readonly at: UnixMs;
  readonly is: AnswerState | 'clarified';
}

export interface RequestClock {
  readonly state: 'running' | 'paused' | 'answered' | 'refused' | 'overdue';
  /** When the request reached the recipient; null: not yet, as far as is known. */
  readonly startedAt: UnixMs | null;
  /** The deadline asked for, moved by what the pauses took. */
  readonly dueAt: UnixMs;
  readonly pausedMs: number;
  readonly endedAt: UnixMs | null;
  /** From start to end, or to now, without the pauses. */
  readonly takenMs: number | null;
  /** Null while it may still become either. */
  readonly inTime: boolean | null;
}

/**
 * REQ-3: the clock of one request at one recipient (Directive (EU) 2023/977 Art. 5 and 6(3)). It stands from the moment
 * the recipient asks for clarification until one reaches it, and ends with the first answer that leaves nothing open: an
 * answer in part does not. Who is asked too late is late all the same: a pause begun after the deadline moves both.
 *
 * Two machines stamp the events, so one may seem to come before the start: then it counts as at the start.
 */
export function requestClock(request: {
  readonly respondBy: UnixMs;
  readonly startedAt: UnixMs | null;
  readonly events: readonly ClockEvent[];
  readonly now: UnixMs;
}): RequestClock {
  const { respondBy, startedAt } = request;
  const events = request.events
    .map(({ at, is }) => ({ at: Math.max(at, startedAt ?? at), is }))
    .sort((a, b) => a.at - b.at);
  const end = events.find(({ is }) => isFinal(is));
  const until = end?.at ?? Math.max(request.now, startedAt ?? request.now, events.at(-1)?.at ?? request.now);
  const { pausedMs, isPaused } = pausesOf(events, until);
  const dueAt = respondBy + pausedMs;
  const isLate = until > dueAt;
  return {
    state: end ? (end.is === 'refused' ? 'refused' : 'answered') : isPaused ? 'paused' : isLate ? 'overdue' : 'running',
    startedAt,
    dueAt,
    pausedMs,
    endedAt: end?.at ?? null,
    takenMs: startedAt === null ? null : until - startedAt - pausedMs,
    inTime: end ? !isLate : isLate ? false : null,
  };
}

/** Whether nothing more is awaited after it. */
export function isFinal(is: ClockEvent['is']): boolean {
  return is === 'full' || is === 'no-information' || is === 'refused';
}

function pausesOf(events: readonly ClockEvent[], until: UnixMs): { pausedMs: number; isPaused: boolean } {
  let pausedMs = 0;
  let since: UnixMs | null = null;
  for (const { at, is } of events) {
    if (at > until) break;
    if (is === 'clarification-needed') since ??= at;
    if (is === 'clarified' && since !== null) {
      pausedMs += at - since;
      since = null;
    }
  }
  return { pausedMs: pausedMs + (since === null ? 0 : until - since), isPaused: since !== null };
}

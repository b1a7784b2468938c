import { describe, expect, it } from 'vitest';
import { type Clock, pressingLine, sayingOf as sayingOfLine } from './clock-words.ts';

const now = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();
const clock = (given: Partial<Clock>): Clock => ({
  state: 'running',
  startedAt: at(now - hour),
  dueAt: at(now + 3 * hour),
  pausedMs: 0,
  endedAt: null,
  takenMs: null,
  inTime: null,
  ...given,
});

const sayingOf = (one: Clock, nowMs: number) => sayingOfLine({ clock: one, answers: [] }, nowMs);

describe('what the clock of a request says', () => {
  it('is due, soon within a day', () => {
    expect(sayingOf(clock({}), now)).toEqual({ key: 'due', tone: 'soon', ms: 3 * hour });
    expect(sayingOf(clock({ dueAt: at(now + 50 * hour) }), now).tone).toBe('still');
  });

  it('runs out while the page stands open', () => {
    expect(sayingOf(clock({}), now + 5 * hour)).toEqual({ key: 'overdue', tone: 'bad', ms: 2 * hour });
  });

  it('does not run out while a clarification is awaited, nor after the answer', () => {
    expect(sayingOf(clock({ state: 'paused' }), now + 99 * hour).key).toBe('paused');
    const answered = clock({ state: 'answered', takenMs: 2 * hour, inTime: true });
    expect(sayingOf(answered, now + 99 * hour)).toEqual({ key: 'inTime', tone: 'done', ms: 2 * hour });
    expect(sayingOf({ ...answered, inTime: false }, now).key).toBe('late');
    expect(sayingOf(clock({ state: 'refused' }), now + 99 * hour).key).toBe('refused');
  });

  it('has not begun before the request arrived', () => {
    expect(sayingOf(clock({ startedAt: null }), now).key).toBe('notStarted');
  });

  it('is not overdue before the day on which the rest of a partial answer was promised has ended', () => {
    const answer = { record: 'r', answer: 'partial', ground: null, restBy: '2026-11-24', at: at(now - hour) } as const;
    const late = clock({ dueAt: at(now - hour), state: 'overdue' });
    const said = (answers: readonly (typeof answer | { restBy: null })[], ms = now) =>
      sayingOfLine({ clock: late, answers: answers.map((one) => ({ ...answer, ...one })) }, ms).key;
    expect(said([answer])).toBe('rest');
    expect(said([answer], now + 12 * hour)).toBe('overdue');
    expect(said([{ restBy: null }])).toBe('overdue');
    // The newest answer stands: one that promises nothing takes the promise back.
    expect(said([answer, { restBy: null }])).toBe('overdue');
  });

  it('of several recipients shows the one that presses most', () => {
    const service = { id: 'x', code: 'x', names: { ar: '', fr: '', en: '' } };
    const line = (given: Partial<Clock>) => ({ service, clock: clock(given), answers: [] });
    const late = line({ dueAt: at(now - hour), state: 'overdue' });
    const soon = line({});
    const later = line({ dueAt: at(now + 9 * hour) });
    const done = line({ state: 'answered', inTime: true });
    expect(pressingLine([done, later, late, soon], now)).toBe(late);
    expect(pressingLine([done, later, soon], now)).toBe(soon);
    expect(pressingLine([done], now)).toBe(done);
    expect(pressingLine([], now)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockEvent, isFinal, requestClock } from './clock.ts';
import { answerStates } from './words.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 24, 8);
const at = (hours: number, is: ClockEvent['is']): ClockEvent => ({ at: start + hours * hourMs, is });
/** Asked at hour 0, due at hour 8. */
const clock = (now: number, events: readonly ClockEvent[] = [], startedAt: number | null = start) =>
  requestClock({ respondBy: start + 8 * hourMs, startedAt, events, now: start + now * hourMs });
const hours = (value: number | null) => (value === null ? null : value / hourMs);

describe('the clock of a request', () => {
  it('[REQ-3] runs until the deadline, then is overdue', () => {
    expect(clock(8)).toMatchObject({ state: 'running', inTime: null, takenMs: 8 * hourMs, endedAt: null });
    expect(clock(8.001)).toMatchObject({ state: 'overdue', inTime: false });
    expect(clock(1, [], null)).toMatchObject({ state: 'running', startedAt: null, takenMs: null });
  });

  it('[REQ-3] stands while a clarification is awaited, and the deadline moves by what that took', () => {
    const asked = [at(2, 'clarification-needed')];
    expect(clock(100, asked)).toMatchObject({ state: 'paused', takenMs: 2 * hourMs, inTime: null });
    const clarified = [...asked, at(5, 'clarified')];
    expect(hours(clock(6, clarified).dueAt - start)).toBe(11);
    expect(clock(11, clarified)).toMatchObject({ state: 'running', pausedMs: 3 * hourMs, takenMs: 8 * hourMs });
    expect(clock(11.1, clarified).state).toBe('overdue');
    expect(clock(20, [...clarified, at(10.5, 'full')])).toMatchObject({
      state: 'answered',
      inTime: true,
      takenMs: 7.5 * hourMs,
    });
  });

  it('[REQ-3] asking twice during one pause is one pause, and a clarification that nobody asked for is none', () => {
    const twice = [at(2, 'clarification-needed'), at(3, 'clarification-needed'), at(4, 'clarified')];
    expect(clock(6, twice).pausedMs).toBe(2 * hourMs);
    expect(clock(6, [at(4, 'clarified')]).pausedMs).toBe(0);
  });

  it('[REQ-3] does not come into time again by asking back too late', () => {
    const late = [at(9, 'clarification-needed'), at(20, 'clarified'), at(20.5, 'full')];
    expect(clock(15, late.slice(0, 1))).toMatchObject({ state: 'paused', inTime: false });
    expect(clock(30, late)).toMatchObject({ state: 'answered', inTime: false });
  });

  it('[REQ-3] ends with the first answer that leaves nothing open; a part leaves something', () => {
    expect(clock(9, [at(3, 'partial')])).toMatchObject({ state: 'overdue', endedAt: null });
    expect(clock(9, [at(3, 'partial'), at(7, 'full')])).toMatchObject({ state: 'answered', inTime: true });
    expect(clock(9, [at(3, 'refused'), at(12, 'full')])).toMatchObject({ state: 'refused', takenMs: 3 * hourMs });
    expect(clock(9, [at(8.5, 'no-information')])).toMatchObject({ state: 'answered', inTime: false });
    expect(clock(9, [at(2, 'clarification-needed'), at(4, 'full')])).toMatchObject({
      state: 'answered',
      pausedMs: 2 * hourMs,
    });
  });
});

const events = fc.array(
  fc.record({
    at: fc.integer({ min: start - hourMs, max: start + 40 * hourMs }),
    is: fc.constantFrom(...answerStates, 'clarified' as const),
  }),
  { maxLength: 12 },
);
const anyRequest = fc.record({
  respondBy: fc.integer({ min: start, max: start + 30 * hourMs }),
  startedAt: fc.option(fc.constant(start)),
  events,
  now: fc.integer({ min: start - hourMs, max: start + 60 * hourMs }),
});

describe('whatever happens', () => {
  it('[REQ-3] the deadline moves by the pauses and by nothing else, and the times add up', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { dueAt, pausedMs, takenMs, endedAt, inTime, startedAt } = requestClock(request);
        expect(dueAt - request.respondBy).toBe(pausedMs);
        expect(pausedMs).toBeGreaterThanOrEqual(0);
        const until = endedAt ?? Math.max(request.now, start, ...request.events.map((event) => event.at));
        expect(takenMs).toBe(startedAt === null ? null : until - start - pausedMs);
        expect(endedAt === null || inTime === endedAt <= dueAt).toBe(true);
      }),
    );
  });

  it('[REQ-3] the order in which the node learns of things does not matter', () => {
    const distinct = fc.uniqueArray(
      fc.record({
        at: fc.integer({ min: start, max: start + 40 * hourMs }),
        is: fc.constantFrom(...answerStates, 'clarified' as const),
      }),
      { selector: (event) => event.at, maxLength: 12 },
    );
    const shuffled = distinct.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(anyRequest, shuffled, (request, [one, other]) => {
        expect(requestClock({ ...request, events: one })).toEqual(requestClock({ ...request, events: other }));
      }),
    );
  });

  it('[REQ-3] once ended it stays as it is, whatever comes later', () => {
    fc.assert(
      fc.property(
        anyRequest,
        fc.nat(),
        fc.constantFrom(...answerStates, 'clarified' as const),
        (request, later, is) => {
          const ended = requestClock(request);
          fc.pre(ended.endedAt !== null);
          const after = [...request.events, { at: (ended.endedAt ?? 0) + 1 + later, is }];
          expect(requestClock({ ...request, events: after, now: request.now + later })).toEqual(ended);
        },
      ),
    );
  });

  it('[REQ-3] waiting never makes a late answer timely, and during a pause it changes nothing that counts', () => {
    fc.assert(
      fc.property(anyRequest, fc.integer({ min: 0, max: 100 * hourMs }), (request, wait) => {
        const now = Math.max(request.now, ...request.events.map((event) => event.at));
        const before = requestClock({ ...request, now });
        const after = requestClock({ ...request, now: now + wait });
        expect(before.inTime !== false || after.inTime === false).toBe(true);
        const { state, takenMs, inTime } = before.state === 'paused' ? after : before;
        expect([state, takenMs, inTime]).toEqual([before.state, before.takenMs, before.inTime]);
        expect(request.events.some(({ is }) => isFinal(is)) || after.endedAt === null).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import bodies from '../../../spec/vectors/request/bodies.json' with { type: 'json' };
import clocks from '../../../spec/vectors/request/clock.json' with { type: 'json' };
import { kindOf } from '../index.ts';
import type { Body, Kind } from '../kind.ts';
import { type ClockEvent, requestClock } from './clock.ts';

describe('the vectors of requests', () => {
  it.each(clocks.cases)('[REQ-3] the clock $name', ({ respondBy, startedAt, events, now, clock }) => {
    const { state, dueAt, pausedMs, endedAt, takenMs, inTime } = requestClock({
      respondBy: Date.parse(respondBy),
      startedAt: startedAt === null ? null : Date.parse(startedAt),
      // The words are those of the closed lists, or the case fails.
      events: events.map(({ at, is }) => ({ at: Date.parse(at), is: is as ClockEvent['is'] })),
      now: Date.parse(now),
    });
    const instant = (at: number | null) => (at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`);
    expect({
      state,
      dueAt: instant(dueAt),
      pausedSeconds: pausedMs / 1_000,
      endedAt: instant(endedAt),
      takenSeconds: takenMs === null ? null : takenMs / 1_000,
      inTime,
    }).toEqual(clock);
  });

  it.each(bodies.cases)('[REQ-1] [REQ-2] $kind: $name', ({ kind, body, problem }) => {
    expect((kindOf(kind) as Kind).problem(body as Body)).toBe(problem ?? null);
  });

  it('[REC-2] hold valid bodies and invalid ones of both kinds', () => {
    for (const kind of ['request', 'answer']) {
      const own = bodies.cases.filter((one) => one.kind === kind);
      expect(own.filter(({ problem }) => problem === undefined).length).toBeGreaterThan(2);
      expect(own.filter(({ problem }) => problem !== undefined).length).toBeGreaterThan(5);
    }
  });
});

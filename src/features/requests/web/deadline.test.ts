import { describe, expect, it } from 'vitest';
import { instantOf, usualDeadline, usualTermMs } from './deadline.ts';

const now = Date.UTC(2026, 10, 24, 13, 36);

describe('the deadline of a request', () => {
  it('is usually eight hours, three days or seven days away, to the minute', () => {
    for (const urgency of ['immediate', 'urgent', 'routine'] as const) {
      expect(Date.parse(instantOf(usualDeadline(urgency, now)) ?? '')).toBe(now + usualTermMs[urgency]);
    }
    expect(Object.values(usualTermMs).map((ms) => ms / 3_600_000)).toEqual([8, 72, 168]);
  });

  it('is read as officers write it, with the digits of any keyboard', () => {
    const day = '2026-12-01';
    const half = instantOf({ day, time: '14:30' });
    expect(new Date(half ?? '').getHours()).toBe(14);
    for (const time of ['14.30', '14h30', '1430', '١٤:٣٠', '۱۴:۳۰']) expect(instantOf({ day, time }), time).toBe(half);
    expect(new Date(instantOf({ day, time: '8' }) ?? '').getHours()).toBe(8);
  });

  it('is none where day or time is none', () => {
    for (const time of ['', '24:00', '12:60', 'noon', '1:2:3'])
      expect(instantOf({ day: '2026-12-01', time }), time).toBeNull();
    expect(instantOf({ day: null, time: '12:00' })).toBeNull();
  });
});

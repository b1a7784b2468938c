import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDateOf, dateLimits, isCalendarDate, yearsAfter } from './calendar.ts';

describe('calendar dates', () => {
  it('agree with the Gregorian calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: dateLimits.lastSecond }), (seconds) => {
        const date = calendarDateOf(seconds);
        expect(date).toBe(new Date(seconds * 1_000).toISOString().slice(0, 10));
        expect(isCalendarDate(date)).toBe(true);
      }),
    );
  });

  it('[ACC-13] are days that exist', () => {
    expect(isCalendarDate('2024-02-29')).toBe(true);
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-01',
      '2024-04-31',
      '2024-04-00',
      '0000-01-01',
    ]) {
      expect(isCalendarDate(text), text).toBe(false);
    }
    for (const text of ['2024-4-1', '2024-04-01T00:00:00Z', '٢٠٢٤-٠٤-٠١', ' 2024-04-01', '', null, 20240401]) {
      expect(isCalendarDate(text)).toBe(false);
    }
  });

  it('[ADM-2] lie in the years 1900 to 2199', () => {
    expect(['1900-01-01', '2199-12-31'].every(isCalendarDate)).toBe(true);
    expect(['1899-12-31', '2200-01-01', '0001-01-01', '9999-12-31'].some(isCalendarDate)).toBe(false);
    expect(calendarDateOf(dateLimits.lastSecond)).toBe(dateLimits.lastDay);
    expect(calendarDateOf(dateLimits.lastSecond + 1)).toBe('2200-01-01');
  });

  it('[ACC-13] move by years, and the 29th of February to the 28th', () => {
    expect(yearsAfter('2025-09-24', 3)).toBe('2028-09-24');
    expect(yearsAfter('2024-02-29', 3)).toBe('2027-02-28');
    expect(yearsAfter('2024-02-29', 4)).toBe('2028-02-29');
  });
});

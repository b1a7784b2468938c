import { describe, expect, it } from 'vitest';
import { dayOf } from './day-of.ts';

describe('a typed day', () => {
  it('is one of the calendar', () => {
    expect(dayOf('2026', '2', '9')).toBe('2026-02-09');
    expect(dayOf('2028', '2', '29')).toBe('2028-02-29');
  });
  it.each([
    ['2026', '2', '29'],
    ['2026', '13', '1'],
    ['2026', '0', '1'],
    ['2026', '4', '31'],
    ['26', '4', '1'],
    ['2026', '', '1'],
    ['2026', '4', '1a'],
  ])('or none: %s %s %s', (year, month, day) => expect(dayOf(year, month, day)).toBeNull());
});

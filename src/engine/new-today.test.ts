import { expect, it } from 'vitest';
import { NewToday } from './new-today.ts';

it('[ADM-2] of each service and kind so many new records are let in on one day, and as many on the next', () => {
  const today = new NewToday();
  const noon = Date.UTC(2026, 0, 1, 12);
  const tries = (origin: string, kind: string, at: number) => [1, 2, 3].map(() => today.admit(origin, kind, 2, at));
  expect(tries('one', 'request', noon)).toEqual([true, true, false]);
  expect(tries('two', 'request', noon)).toEqual([true, true, false]);
  expect(tries('one', 'agreement', noon)).toEqual([true, true, false]);
  expect(tries('one', 'request', Date.UTC(2026, 0, 1, 23, 59, 59))).toEqual([false, false, false]);
  expect(tries('one', 'request', Date.UTC(2026, 0, 2))).toEqual([true, true, false]);
});

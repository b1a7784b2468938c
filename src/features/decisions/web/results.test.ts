import { describe, expect, it } from 'vitest';
import { resultsOf } from './results.ts';

describe('the results of an outcome as typed', () => {
  it('count in whole numbers; none yet has no number', () => {
    expect(resultsOf(new Map([['arrests', ' 4 ']]))).toEqual([{ result: 'arrests', count: 4 }]);
    expect(resultsOf(new Map([['none-yet', '1']]))).toEqual([{ result: 'none-yet', count: null }]);
  });
  it.each(['', 'four', '-1', '1.5', '1000000'])('refuse %j', (typed) => {
    expect(resultsOf(new Map([['seizures', typed]]))).toBeNull();
  });
});

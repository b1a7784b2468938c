import { describe, expect, it } from 'vitest';
import { groundNamed, wholeWhy } from './why.ts';

const typed = { ground: 'factual-error', explanation: ' The street was another. ', respondBy: '2026-12-01' } as const;
const today = '2026-11-24';

describe('[COR-1] why a record is corrected', () => {
  it('is whole with a ground, an explanation and a day that is not past', () => {
    expect(wholeWhy(typed, today)).toEqual({ ...typed, explanation: 'The street was another.' });
    expect(wholeWhy({ ...typed, respondBy: today }, today)?.respondBy).toBe(today);
  });
  it.each([{ ground: '' }, { explanation: '  ' }, { respondBy: null }, { respondBy: '2026-11-23' }] as const)(
    'is not whole with %j',
    (changed) => expect(wholeWhy({ ...typed, ...changed }, today)).toBeNull(),
  );
  it('takes no ground that is not on the list', () => {
    expect(groundNamed('court-order')).toBe('court-order');
    expect(groundNamed('whim')).toBe('');
  });
});

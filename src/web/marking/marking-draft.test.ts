import { describe, expect, it } from 'vitest';
import { markingInputOf, newMarking } from './marking-draft.ts';

describe('[ACC-01] a marking as it was chosen', () => {
  it('controls use in court and onward unless the author frees it', () => {
    expect(markingInputOf(newMarking(2, ['ATLAS']), null)).toEqual({
      level: 2,
      compartments: ['ATLAS'],
      handling: [{ code: 'H1' }, { code: 'H2' }],
      releasableTo: null,
    });
  });

  it('says so where there is no condition at all, and keeps a condition of one’s own', () => {
    const free = { ...newMarking(1), notInCourt: false, notOnward: false };
    expect(markingInputOf(free, ['x']).handling).toEqual([{ code: 'H0' }]);
    expect(markingInputOf(free, ['x']).releasableTo).toEqual(['x']);
    expect(markingInputOf({ ...free, condition: ' orally only ' }, null).handling).toEqual([
      { code: 'H3', note: 'orally only' },
    ]);
  });
});

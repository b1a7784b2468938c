import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecoveryPlace, startOfList, takePage } from './recovery.ts';

describe('[EXC-4] the list of what a partner holds', () => {
  const page = (after: string | null, ...hashes: string[]) => ({ after, hashes });

  it('is at its end with an empty page', () => {
    expect(takePage({ after: 'b', missing: null }, page('b'), new Set())).toEqual({ next: 'done' });
  });

  it('is not at its end with a page that was not asked for, empty or not', () => {
    const place = { after: 'b', missing: null };
    expect(takePage(place, page('a'), new Set())).toEqual({ next: 'nothing' });
    expect(takePage(place, page('a', 'x'), new Set())).toEqual({ next: 'nothing' });
  });

  it('begins again where the partner does, and no end of an earlier question ends it', () => {
    const place = { after: 'b', missing: 1 };
    expect(takePage(place, page(null, 'x'), new Set())).toEqual({
      next: 'ask',
      hashes: ['x'],
      place: { after: null, missing: 1 },
    });
  });

  it('leaves a page behind once asking again brought nothing more', () => {
    const asked = takePage(startOfList, page(null, 'a', 'b'), new Set(['a']));
    expect(asked).toEqual({ next: 'ask', hashes: ['b'], place: { after: null, missing: 1 } });
    expect(takePage({ after: null, missing: 1 }, page(null, 'a', 'b'), new Set(['a']))).toEqual({
      next: 'go-on',
      withheld: 1,
      place: { after: 'b', missing: null },
    });
  });

  it('brings back all that an honest partner holds, whatever its order and the size of its pages', () => {
    const hashes = fc.uniqueArray(fc.integer({ min: 0, max: 999 }).map(String), { maxLength: 40 });
    fc.assert(
      fc.property(hashes, fc.integer({ min: 1, max: 7 }), fc.func(fc.boolean()), (list, size, isLost) => {
        const held = new Set(list.filter((hash) => !isLost(hash)));
        let place: RecoveryPlace = startOfList;
        let pages = 0;
        for (let isOver = false; !isOver; pages++) {
          const at = place.after === null ? 0 : list.indexOf(place.after) + 1;
          const taken = takePage(place, page(place.after, ...list.slice(at, at + size)), held);
          isOver = taken.next === 'done';
          if (taken.next === 'ask') for (const hash of taken.hashes) held.add(hash);
          if ('place' in taken) place = taken.place;
        }
        expect([...held].sort()).toEqual([...list].sort());
        // Each page once, once more where something of it was missing, and the end
        expect(pages).toBeLessThanOrEqual(2 * Math.ceil(list.length / size) + 1);
      }),
    );
  });
});

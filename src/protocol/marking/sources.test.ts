import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atlas, markings, meridian, openMarking, sahara } from '#tests/record/drafts.ts';
import { isRefusal } from '../refusal.ts';
import { isAtLeast, joinMarkings } from './inherit.ts';
import type { Marking } from './marking.ts';
import { markingOverSources } from './sources.ts';

describe('a marking over sources', () => {
  const floor: Marking = {
    level: 2,
    compartments: ['SAHEL'],
    handling: [{ code: 'H2', originator: meridian.id }],
    releasableTo: [meridian.id, sahara.id].sort(),
    tlp: 'amber',
    pap: 'green',
  };
  const own: Marking = { ...floor, handling: [{ code: 'H1', originator: atlas.id }] };

  it('[MRK-1] inherits the conditions of the originators by itself', () => {
    expect(markingOverSources(own, floor)).toEqual({
      ...own,
      handling: [
        { code: 'H1', originator: atlas.id },
        { code: 'H2', originator: meridian.id },
      ],
    });
  });

  it.each<[string, Partial<Marking>]>([
    ['level', { level: 1 }],
    ['compartment', { compartments: [] }],
    ['releasable-to', { releasableTo: 'any' }],
    ['releasable-to of one more', { releasableTo: [meridian.id, sahara.id, atlas.id] }],
    ['TLP', { tlp: 'green' }],
    ['PAP', { pap: 'clear' }],
  ])('[MRK-1] refuses a lower %s', (_, change) => {
    expect(markingOverSources({ ...own, ...change }, floor)).toMatchObject({
      code: 'marking-below-sources',
      rule: 'MRK-1',
    });
  });

  it('[MRK-1] is at least the sources and at least what the author set, or refused', () => {
    fc.assert(
      fc.property(markings, markings, (author, sources) => {
        const marking = markingOverSources(author, sources);
        // Only what the author has to set can be too low.
        const isLow = !isAtLeast({ ...author, handling: joinMarkings([author, sources]).handling }, sources);
        expect(isRefusal(marking)).toBe(isLow);
        if (isRefusal(marking)) return;
        expect(isAtLeast(marking, sources)).toBe(true);
        expect(isAtLeast(marking, author)).toBe(true);
      }),
    );
    expect(markingOverSources(own, openMarking)).toEqual(own);
  });
});

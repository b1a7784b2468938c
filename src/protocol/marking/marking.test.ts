import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atlas, markings, meridian, openMarking, sahara, services } from '#tests/record/drafts.ts';
import { isAtLeast, joinMarkings } from './inherit.ts';
import { labelOf } from './label.ts';
import type { Level, Marking } from './marking.ts';
import { mayHold } from './may-hold.ts';

const join = (...all: Marking[]) => joinMarkings(all);

describe('joinMarkings', () => {
  it('[MRK-1] takes the strictest of each part', () => {
    const one: Marking = {
      level: 1,
      compartments: ['B'],
      handling: [{ code: 'H2', originator: atlas.id }],
      releasableTo: [meridian.id, sahara.id].sort(),
      tlp: 'green',
    };
    const other: Marking = {
      level: 3,
      compartments: ['A', 'B'],
      handling: [{ code: 'H1', originator: meridian.id }],
      releasableTo: [sahara.id],
      tlp: 'amber+strict',
      pap: 'clear',
    };
    expect(join(one, other)).toEqual({
      level: 3,
      compartments: ['A', 'B'],
      handling: [
        { code: 'H1', originator: meridian.id },
        { code: 'H2', originator: atlas.id },
      ],
      releasableTo: [sahara.id],
      tlp: 'amber+strict',
      pap: 'clear',
    });
    expect(join()).toEqual(openMarking);
  });

  it('[MRK-1] is associative, commutative and idempotent', () => {
    fc.assert(
      fc.property(markings, markings, markings, (a, b, c) => {
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, b)).toEqual(join(b, a));
        expect(join(a, a)).toEqual(join(a));
        expect(join(join(a))).toEqual(join(a));
      }),
    );
  });

  it('[MRK-1] never lowers: who may hold the whole may hold each part', () => {
    const principals = fc.record({
      level: fc.integer({ min: 0, max: 4 }),
      compartments: fc.subarray(['SAHEL', 'ATLANTIC', 'دائرة', 'z']),
      service: fc.constantFrom(...services),
    });
    fc.assert(
      fc.property(markings, markings, principals, (a, b, principal) => {
        const whole = join(a, b);
        expect(isAtLeast(whole, a)).toBe(true);
        expect(isAtLeast(whole, b)).toBe(true);
        const mayHoldBoth = mayHold(principal, labelOf(a)) && mayHold(principal, labelOf(b));
        expect(mayHold(principal, labelOf(whole))).toBe(mayHoldBoth);
      }),
    );
  });

  it('[MRK-1] is at least a floor exactly when joining the floor changes nothing', () => {
    fc.assert(
      fc.property(markings, markings, (marking, floor) => {
        const unchanged = JSON.stringify(join(marking, floor)) === JSON.stringify(join(marking));
        expect(isAtLeast(marking, floor)).toBe(unchanged);
      }),
    );
  });
});

describe('mayHold', () => {
  const label = { level: 2 as Level, compartments: ['A', 'B'], releasableTo: [meridian.id] };

  it('wants level, every compartment and, of a partner, to be named', () => {
    const partner = { level: 2, compartments: ['B', 'A', 'C'], service: meridian.id };
    expect(mayHold(partner, label)).toBe(true);
    expect(mayHold({ ...partner, level: 1 }, label)).toBe(false);
    expect(mayHold({ ...partner, compartments: ['A'] }, label)).toBe(false);
    expect(mayHold({ ...partner, service: sahara.id }, label)).toBe(false);
    expect(mayHold({ ...partner, service: sahara.id }, { ...label, releasableTo: 'any' })).toBe(true);
    expect(mayHold(partner, { ...label, releasableTo: [] })).toBe(false);
    // An officer of the holding service is no partner.
    expect(mayHold({ level: 2, compartments: ['A', 'B'] }, { ...label, releasableTo: [] })).toBe(true);
  });

  it('only grows with level and compartments', () => {
    const compartments = fc.subarray(['SAHEL', 'ATLANTIC', 'دائرة', 'z']);
    fc.assert(
      fc.property(
        markings,
        fc.integer({ min: 0, max: 3 }),
        compartments,
        compartments,
        (marking, level, have, more) => {
          const before = mayHold({ level, compartments: have }, labelOf(marking));
          const after = mayHold({ level: level + 1, compartments: [...have, ...more] }, labelOf(marking));
          expect(before && !after).toBe(false);
        },
      ),
    );
  });
});

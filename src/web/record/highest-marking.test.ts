import { describe, expect, it } from 'vitest';
import type { MarkingView } from '#src/features/contract.ts';
import { highestMarking } from './highest-marking.ts';

const marking = (own: Partial<MarkingView>): MarkingView => ({
  level: 1,
  compartments: [],
  handling: [],
  releasableTo: null,
  ...own,
});
const portion = (own: Partial<MarkingView>, index: number) => ({
  index,
  text: 'x',
  nature: 'fact',
  marking: marking(own),
});

describe('[MRK-1] the marking of a page', () => {
  it('is the highest level, every compartment and the strictest label of all that stands on it', () => {
    const shown = highestMarking({
      marking: marking({ compartments: ['NAKHLA'], tlp: 'green' }),
      portions: [portion({ level: 3, tlp: 'amber' }, 0), portion({ compartments: ['BAHR', 'NAKHLA'], pap: 'red' }, 1)],
    });
    expect(shown).toMatchObject({ level: 3, compartments: ['BAHR', 'NAKHLA'], tlp: 'amber', pap: 'red' });
  });

  it('is the record’s own where no portion demands more', () => {
    expect(highestMarking({ marking: marking({ level: 2 }), portions: [portion({ level: 2 }, 0)] })).toEqual(
      marking({ level: 2 }),
    );
  });
});

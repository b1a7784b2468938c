import { describe, expect, it } from 'vitest';
import { type Draft, newDraft } from './draft.ts';
import { floorOf, raisedTo } from './inheritance.ts';

const service = (id: string) => ({ id, code: id, names: { ar: id, fr: id, en: id } });
const floor = floorOf({
  level: 3,
  compartments: ['NORD'],
  handling: [],
  releasableTo: [service('atlas')],
  tlp: 'amber',
});
const draft = (changes: Partial<Draft> = {}): Draft => ({ ...newDraft('ar', 0, {}), ...changes });
const raised = (from: Draft): Draft => ({ ...from, ...raisedTo(floor, from) });

describe('[MRK-1] a report that draws on others', () => {
  it('is raised to what they demand, and no further', () => {
    expect(raised(draft())).toMatchObject({
      level: 3,
      compartments: ['NORD'],
      tlp: 'amber',
      pap: '',
      onlyFor: ['atlas'],
    });
  });

  it('keeps what is stricter than that', () => {
    const strict = draft({ level: 4, compartments: ['SUD', 'NORD'], tlp: 'red', pap: 'red', onlyFor: ['atlas'] });
    expect(raisedTo(floor, strict)).toBeNull();
  });

  it('stands still once it is raised', () => expect(raisedTo(floor, raised(draft()))).toBeNull());

  it('is for whoever may have it again, once nothing it draws on says otherwise', () => {
    const free = floorOf({ level: 0, compartments: [], handling: [], releasableTo: null });
    expect(raisedTo(free, draft({ onlyFor: ['atlas'] }))).toEqual({ onlyFor: null });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, newDraft, newPortion, readDraft } from './draft.ts';
import { previewInputOf, problemsOf, reportInputOf } from './report-input.ts';

const atlas = 'A'.repeat(43);
const sahara = 'S'.repeat(43);
const now = Date.parse('2026-11-24T12:00:00Z');
const draft = (own: Partial<Draft> = {}): Draft => ({
  ...newDraft('ar', now, {}),
  title: 'عنوان',
  source: 'B',
  information: '2',
  legalBasis: 'المادة 14',
  portions: [newPortion('نص')],
  recipients: [atlas],
  ...own,
});

describe('a draft as a report', () => {
  it('is complete or says what is missing', () => {
    expect(problemsOf(draft())).toEqual([]);
    expect(problemsOf(newDraft('ar', now, {})).map(({ field }) => field)).toEqual([
      'title',
      'portions',
      'source',
      'information',
      'legalBasis',
      'recipients',
    ]);
    expect(reportInputOf(newDraft('ar', now, {}))).toBeNull();
  });

  it('[ACC-01] keeps back what is not graded, and always says its handling', () => {
    expect(reportInputOf(draft({ source: '' }))).toBeNull();
    const codes = (own: Partial<Draft>) => reportInputOf(draft(own))?.marking.handling.map(({ code }) => code);
    expect(codes({})).toEqual(['H1', 'H2']);
    expect(codes({ notInCourt: false, notOnward: false })).toEqual(['H0']);
    expect(codes({ notInCourt: false, condition: 'لا تُنسخ' })).toEqual(['H2', 'H3']);
  });

  it('[MRK-1] never marks a portion below its report, also when the report was raised later', () => {
    const portions = [{ ...newPortion('x'), raised: { level: 1, compartments: ['B'], onlyFor: [sahara] } as const }];
    const marking = reportInputOf(draft({ level: 3, compartments: ['A'], portions }))?.portions[0]?.marking;
    expect(marking).toMatchObject({ level: 3, compartments: ['A', 'B'], releasableTo: [sahara] });
  });

  it('gives every text exactly as it was typed, and leaves out only what has none', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 8 }), (typed) => {
        const kept = typed.filter((text) => text.trim() !== '');
        const input = reportInputOf(draft({ portions: typed.map((text) => newPortion(text)) }));
        expect(input?.portions.map(({ text }) => text) ?? []).toEqual(kept);
      }),
    );
  });

  it('asks the preview before everything is filled in, and knows which portion an answer means', () => {
    const portions = [newPortion(' '), newPortion('واحدة'), newPortion('أخرى')];
    const asked = previewInputOf(draft({ title: '', source: '', legalBasis: '', portions }), '2027-11-24');
    expect(asked?.input.portions.map(({ text }) => text)).toEqual(['واحدة', 'أخرى']);
    expect(asked?.keys).toEqual([portions[1]?.key, portions[2]?.key]);
    expect(previewInputOf(draft({ portions: [newPortion('')] }), '2027-11-24')).toBeNull();
  });
});

describe('a draft that was kept', () => {
  it('comes back as it was', () => {
    const written = draft({ tlp: 'amber', audience: 'recipients', respondBy: '2026-12-01' });
    const read = readDraft(JSON.parse(JSON.stringify(written)), newDraft('fr', now, {}));
    const withoutKeys = ({ portions, ...rest }: Draft) => ({
      ...rest,
      portions: portions.map(({ key: _, ...own }) => own),
    });
    expect(withoutKeys(read)).toEqual(withoutKeys(written));
  });

  it('whatever was kept, the desk opens', () => {
    const fresh = newDraft('ar', now, {});
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const read = readDraft(kept, fresh);
        expect(read.portions.length).toBeGreaterThan(0);
        expect(Object.keys(read).toSorted()).toEqual(Object.keys(fresh).toSorted());
      }),
    );
    expect(readDraft({ level: 9, urgency: 'soon', portions: [{ text: 3 }] }, fresh)).toMatchObject({
      level: fresh.level,
      urgency: 'routine',
    });
  });
});

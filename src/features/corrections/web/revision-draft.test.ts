import { describe, expect, it } from 'vitest';
import type { RecordView } from '#src/features/records/contract.ts';
import { isRevised, markingInputOf, revisionDraft, revisionInput } from './revision-draft.ts';

const names = { ar: 'أ', fr: 'a', en: 'a' };
const [us, them] = [
  { id: 'us', code: 'us', names },
  { id: 'them', code: 'them', names },
];
const marking = {
  level: 2,
  compartments: ['NORD'],
  handling: [
    { code: 'H1', originator: us },
    { code: 'H2', originator: them },
  ],
  releasableTo: [them],
  tlp: 'amber',
};
const portion = (index: number, text: string) => ({ index, text, nature: 'fact', marking });
// Only what a correction looks at.
const record = {
  origin: us,
  title: 'Voiture',
  grading: { source: 'B', information: '2' },
  portions: [portion(0, 'Une voiture rouge.'), portion(1, 'Rue des Lilas.')],
} as unknown as RecordView;
const why = { ground: 'factual-error', explanation: 'x', respondBy: '2026-12-01' } as const;

describe('[COR-1] the text of a correction', () => {
  it('begins as what is signed now, and is not a correction until something differs', () => {
    const draft = revisionDraft(record);
    expect(draft.portions.map(({ text }) => text)).toEqual(['Une voiture rouge.', 'Rue des Lilas.']);
    expect(isRevised(draft, record)).toBe(false);
    expect(isRevised({ ...draft, title: 'Camion' }, record)).toBe(true);
    expect(isRevised({ ...draft, information: '3' }, record)).toBe(true);
  });

  it('leaves out what was dropped, and keeps each portion’s own marking', () => {
    const draft = revisionDraft(record);
    const dropped = { ...draft, portions: draft.portions.map((one, at) => ({ ...one, dropped: at === 0 })) };
    expect(isRevised(dropped, record)).toBe(true);
    const input = revisionInput(dropped, why, true);
    expect(input?.portions).toEqual([
      { text: 'Rue des Lilas.', nature: 'fact', marking: markingInputOf(marking, 'us') },
    ]);
    expect(input?.grading).toEqual({ source: 'B', information: '2' });
  });

  it('[MRK-1] gives our own handling codes alone: those of others are inherited, not given', () => {
    expect(markingInputOf(marking, 'us')).toEqual({
      level: 2,
      compartments: ['NORD'],
      handling: [{ code: 'H1' }],
      releasableTo: ['them'],
      tlp: 'amber',
    });
  });

  it('is nothing without a title or without a portion', () => {
    const draft = revisionDraft(record);
    expect(revisionInput({ ...draft, title: ' ' }, why, true)).toBeNull();
    expect(revisionInput({ ...draft, portions: [] }, why, true)).toBeNull();
    expect(revisionInput(draft, why, false)?.grading).toBeNull();
  });
});

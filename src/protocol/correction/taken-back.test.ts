import { describe, expect, it } from 'vitest';
import { kindOf, kinds } from '#src/kinds/index.ts';
import { atlas, draftOf, meridian } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { type AdmissionSituation, admitRecord, type KindRules, problemOfForm } from '../admission/admit-record.ts';
import { type HeldRevision, heldOf } from '../record/held.ts';
import { type RecordDraft, recordStatuses, type VerifiedRecord } from '../record/record.ts';
import { isRefusal } from '../refusal.ts';
import { correctionDraft } from './next-revision.ts';
import { problemOfCorrection } from './problem-of-correction.ts';
import { problemOfSuccession, titlesOfTakenBack } from './taken-back.ts';
import type { CorrectionChange } from './words.ts';

const marking = { ...draftOf(atlas).marking, level: 1 as const };
const text = (change: Partial<RecordDraft>) =>
  issueAs(atlas, draftOf(atlas, { marking, ...change }), JSON.stringify(change));
const first = text({});
const next = (before: VerifiedRecord, change: Partial<RecordDraft> = {}) =>
  text({ revision: before.revision + 1, previous: before.hash, ...change });
const back = (before: VerifiedRecord, status: 'withdrawn' | 'erased', change: Partial<RecordDraft> = {}) =>
  issueAs(atlas, takenBackOf(before, status, change), JSON.stringify(change));
const bare = (record: VerifiedRecord): HeldRevision => ({ ...heldOf(record), label: null });

/** Meridian holds these, and gets this one; there is no agreement any more. */
function taken(record: VerifiedRecord, held: readonly HeldRevision[], change: Partial<AdmissionSituation> = {}) {
  const newest = held.findLast(({ label }) => label !== null);
  const { origin, kind } = record;
  const state = newest?.status === 'active' ? 'active' : 'quarantined';
  const admitted = admitRecord(record, {
    from: atlas.id,
    self: meridian.id,
    kind: kindOf(record.kind),
    head: newest ? { origin, kind, hash: newest.hash, revision: newest.revision, state } : null,
    held,
    named: [],
    agreement: null,
    permissions: [],
    inLetter: false,
    given: new Set(),
    targets: new Map(),
    today: '2025-09-24',
    ...change,
  });
  return isRefusal(admitted) ? `${admitted.code} ${admitted.at ?? ''}`.trim() : admitted.verdict;
}
const agreement = {
  ceiling: 4,
  compartments: ['SAHEL'],
  purposes: ['terrorism-prevention'],
  validFrom: '2025-01-01',
  validUntil: '2025-12-31',
  ourAssentAt: 1,
  theirAssentAt: 2,
  endedAt: null,
};

describe('[COR-3] after a withdrawal or an erasure', () => {
  it('nothing follows but the erasure of what was withdrawn, whichever of the two comes first', () => {
    const follows = recordStatuses.flatMap((before) =>
      recordStatuses.flatMap((after) => {
        const [one, two] = [before, after].map((status, at) => ({ revision: at + 1, status }));
        if (!one || !two) throw new Error('two');
        const held = (revision: { revision: number; status: HeldRevision['status'] }) => [
          { ...revision, hash: first.hash, label: null },
        ];
        const inOrder = problemOfSuccession(two, held(one)) === null;
        expect(problemOfSuccession(one, held(two)) === null).toBe(inOrder);
        return inOrder ? [`${before} ${after}`] : [];
      }),
    );
    expect(follows).toEqual(['active active', 'active withdrawn', 'active erased', 'withdrawn erased']);
  });

  it.each(['withdrawn', 'erased'] as const)('no active revision revives what was %s', (status) => {
    const takenBack = back(first, status);
    const revival = next(takenBack);
    expect(taken(revival, [heldOf(first), heldOf(takenBack)], { agreement })).toBe('record-withdrawn /status');
    // Nor where the withdrawal is held by its bare signature alone, or stands further back.
    expect(taken(revival, [heldOf(first), bare(takenBack)], { agreement })).toBe('record-withdrawn /status');
    const later = next(revival);
    const chain = [heldOf(first), bare(takenBack), bare(revival)];
    expect(taken(later, chain, { agreement })).toBe('record-withdrawn /status');
  });

  it('a record whose copy was only set aside here takes its corrected text', () => {
    const head = { ...first, record: first.id, state: 'quarantined' } as const;
    expect(taken(next(first), [heldOf(first)], { agreement, head })).toBe('admit');
  });
});

describe('[COR-1] what withdraws or erases', () => {
  const { portions, body, grading } = draftOf(atlas);
  const { origin, id, revision, hash } = first;
  const more: readonly (readonly [string, Partial<RecordDraft>])[] = [
    ['/portions', { portions }],
    ['/body', { body }],
    ['/cites', { cites: [{ origin, record: id, revision, hash }] }],
    ['/grading', { ...(grading && { grading }) }],
    ['/title', { title: draftOf(atlas).title }],
    ['/title', { title: `${titlesOfTakenBack.erased.fr} : ${draftOf(atlas).title}` }],
  ];
  const statuses = ['withdrawn', 'erased'] as const;
  it.each(statuses.flatMap((status) => more.map(([at, change]) => [status, at, change] as const)))(
    '%s says nothing more: %s',
    (status, at, change) => {
      expect(taken(back(first, status), [heldOf(first)])).toBe('admit');
      expect(taken(back(first, status, change), [heldOf(first)])).toBe(`revision-not-empty ${at}`);
      expect(problemOfForm(takenBackOf(first, status, change), kindOf('report') as KindRules)).toMatchObject({ at });
    },
  );

  it('keeps the conditions of a record where it is withdrawn, and none where it is erased', () => {
    const handling = [{ code: 'H3' as const, originator: atlas.id, note: 'كل ما قيل' }];
    const noted = { marking: { ...marking, handling } };
    expect(taken(back(first, 'withdrawn', noted), [heldOf(first)])).toBe('admit');
    expect(taken(back(first, 'erased', noted), [heldOf(first)])).toBe('revision-not-empty /marking/handling');
  });

  it('is information of the kinds that are corrected so, and never a first revision', () => {
    const correctable = [...kinds.values()].filter((kind) => {
      const draft = { ...takenBackOf(first, 'withdrawn'), kind: kind.name };
      const problem = problemOfForm(draft, kind);
      expect(problem === null || problem.code === 'record-not-correctable').toBe(true);
      // Also with all that its body demands: no permission is given by a withdrawn record.
      return problem === null;
    });
    expect(correctable.map(({ name }) => name)).toEqual(['report', 'disposition', 'outcome', 'request', 'answer']);
    const never = text({ ...takenBackOf(first, 'withdrawn'), revision: 1, previous: null });
    expect(taken(never, [], { agreement })).toBe('record-not-correctable /status');
  });

  it.each(statuses)('[MRK-1] is not hidden by its marking from those who work on the record: %s', (status) => {
    const marked = (change: object) => back(first, status, { marking: { ...marking, handling: [], ...change } });
    const lower = { level: 0 as const, compartments: [] };
    expect(taken(marked(lower), [heldOf(first)])).toBe('admit');
    for (const change of [{ level: 2 as const }, { level: 4 as const }, { compartments: ['SAHEL', 'X'] }]) {
      expect(taken(marked(change), [heldOf(first)])).toBe('marking-above-record /marking');
    }
    // Every revision that somebody here may have read counts, not the newest alone.
    const raised = next(first, { marking: { ...marking, level: 3 } });
    const after = back(raised, status);
    expect(taken(after, [heldOf(first), heldOf(raised)])).toBe('marking-above-record /marking');
  });
});

describe('[COR-1] a correction', () => {
  const second = next(first);
  const withdrawal = back(first, 'withdrawn');
  const why = { ground: 'factual-error', explanation: 'x', respondBy: '2025-10-10' } as const;
  const made = { id: first.id, language: 'fr', title: 'x', desk: 'liaison', at: 1_758_800_000 } as const;
  const notice = (after: VerifiedRecord, change: CorrectionChange, said: Partial<RecordDraft> = {}, before = first) =>
    ({ ...correctionDraft({ before, after }, change, why, { ...made, reviewBy: '2026-01-01' }), ...said }) as const;
  const holding = (...revisions: HeldRevision[]) =>
    ({ origin: atlas.id, kind: 'report', state: 'active', revisions }) as const;
  const problem = (
    draft: RecordDraft,
    held = holding(heldOf(first)),
    named: { revision: number; hash: string }[] = [],
  ) => problemOfCorrection(draft, held, named)?.code ?? 'taken';

  it('of what is held, and of what is to come, is taken', () => {
    expect(problem(notice(second, 'corrected'))).toBe('taken');
    expect(problem(notice(second, 'corrected'), holding(heldOf(first), heldOf(second)))).toBe('taken');
    expect(problem(notice(withdrawal, 'withdrawn'), holding(heldOf(first), bare(withdrawal)))).toBe('taken');
    // A reminder of one that others have followed.
    const all = holding(heldOf(first), heldOf(second), bare(back(second, 'withdrawn')));
    expect(problem(notice(second, 'corrected'), all)).toBe('taken');
  });

  it('names no hash and no number that contradicts a revision that is held', () => {
    const other = next(first, { title: 'آخر' });
    const held = holding(heldOf(first), heldOf(second));
    expect(problem(notice(other, 'corrected'), held)).toBe('correction-mismatch');
    expect(problem(notice(other, 'corrected'), holding(heldOf(first), bare(second)))).toBe('correction-mismatch');
    const misnumbered = { ...second, revision: 3 } as VerifiedRecord;
    expect(problem(notice(misnumbered, 'corrected'), held)).toBe('correction-mismatch');
    const elsewhere = { ...first, hash: other.hash } as VerifiedRecord;
    expect(problem(notice(second, 'corrected', {}, elsewhere), held)).toBe('correction-mismatch');
  });

  it('[REC-4] names no hash that contradicts what another correction has named, nor does the revision that comes', () => {
    const other = next(first, { title: 'آخر' });
    const named = [{ revision: 2, hash: second.hash }];
    expect(problem(notice(other, 'corrected'), holding(heldOf(first)), named)).toBe('correction-mismatch');
    expect(problem(notice(second, 'corrected'), holding(heldOf(first)), named)).toBe('taken');
    expect(taken(other, [heldOf(first)], { agreement, named })).toBe('revision-equivocation /revision');
    expect(taken(second, [heldOf(first)], { agreement, named })).toBe('admit');
  });

  it('says of every revision that is held what became of it, and of none what can no longer become of it', () => {
    const held = holding(heldOf(first), bare(second));
    expect(problem(notice(second, 'withdrawn'), held)).toBe('correction-mismatch');
    expect(problem(notice(withdrawal, 'corrected'), holding(heldOf(first), heldOf(withdrawal)))).toBe(
      'correction-mismatch',
    );
    const gone = holding(heldOf(first), heldOf(withdrawal));
    const later = next(withdrawal);
    expect(problem(notice(later, 'corrected'), gone)).toBe('record-withdrawn');
    expect(problem(notice(later, 'withdrawn'), gone)).toBe('record-withdrawn');
    expect(problem(notice(later, 'erased'), gone)).toBe('taken');
  });

  it('[MRK-1] bears the label of what is changed, however high the new text is', () => {
    const raised = next(first, { marking: { ...marking, level: 3 } });
    expect(notice(raised, 'corrected').marking).toMatchObject({ level: 1 });
  });
});

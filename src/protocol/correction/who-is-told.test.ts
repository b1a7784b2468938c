import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAtLeast } from '#src/protocol/marking/inherit.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import { atlas, draftOf, markings, openMarking } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { headStateAfter, isConcerned, lineState, mayAnswer } from './board.ts';
import { digestsWith, portionsAgain } from './portions-again.ts';
import { problemOfStanding } from './still-current.ts';
import { type Holding, whoIsTold } from './who-is-told.ts';

const holding = (holder: string, revision: number, via: string | null = null): Holding => ({
  hash: `hash ${revision}`,
  revision,
  holder,
  via,
  state: 'granted',
  digests: [],
});

describe('whoIsTold', () => {
  it('[COR-1] every holder of any revision, each once, and the newest that it holds', () => {
    const told = whoIsTold([holding('b', 1), holding('b', 3), holding('c', 2, 'b'), holding('b', 2)], () => false);
    expect(told).toEqual([
      { holder: 'b', way: 'direct', last: holding('b', 3) },
      { holder: 'c', way: 'onward', last: holding('c', 2, 'b') },
    ]);
  });

  it('[COR-1] directly whom we gave it, whoever else passed it on', () => {
    const told = whoIsTold([holding('c', 2, 'b'), holding('c', 1)], () => false);
    expect(told).toEqual([{ holder: 'c', way: 'direct', last: holding('c', 1) }]);
  });

  it('[COR-1] [KEY-1] never a revoked partner, and always everyone else', () => {
    const holdings = fc.array(
      fc.tuple(fc.constantFrom('b', 'c', 'd', 'e'), fc.integer({ min: 1, max: 5 }), fc.constantFrom(null, 'b', 'c')),
    );
    fc.assert(
      fc.property(holdings, fc.subarray(['b', 'c', 'd', 'e']), (held, revoked) => {
        const all = held.map(([holder, revision, via]) => holding(holder, revision, via));
        const told = whoIsTold(all, (service) => revoked.includes(service)).map(({ holder }) => holder);
        const expected = [...new Set(all.map(({ holder }) => holder))].filter((holder) => !revoked.includes(holder));
        expect(told.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('portionsAgain', () => {
  const record = (texts: readonly (readonly [string, Marking])[]) =>
    issueAs(atlas, {
      ...draftOf(atlas),
      marking: openMarking,
      portions: texts.map(([text, marking]) => ({ text, nature: 'fact', marking })),
    });
  const secret: Marking = { ...openMarking, level: 3 };
  const permitted = (of: ReturnType<typeof record>, paths: readonly string[]) =>
    of.disclosures.filter(({ path }) => paths.includes(path)).map(({ digest }) => digest);

  it('[COR-1] [REL-3] gives again what was permitted, at its place', () => {
    const before = record([
      ['a', openMarking],
      ['b', secret],
      ['c', openMarking],
    ]);
    const after = record([
      ['A', openMarking],
      ['B', secret],
      ['C', openMarking],
      ['D', openMarking],
    ]);
    const given = permitted(before, ['title', 'portions/0', 'portions/2']);
    expect(portionsAgain(before, after, given)).toEqual([0, 2]);
    const paths = (digests: readonly string[]) =>
      after.disclosures.filter(({ digest }) => digests.includes(digest)).map(({ path }) => path);
    const copy = paths(digestsWith(after, [0, 2]));
    expect(copy).toEqual(
      expect.arrayContaining(['title', 'links', 'compartments', 'body/urgency', 'portions/0', 'portions/2']),
    );
    expect(copy).not.toContain('portions/1');
    expect(copy).not.toContain('portions/3');
    // REC-2.6: who else may hold it never goes along.
    expect(after.disclosures.map(({ path }) => path)).toContain('releasableTo');
    expect(copy).not.toContain('releasableTo');
  });

  it('[COR-1] [REL-3] lets nothing out by its place alone: a secret paragraph put first stays', () => {
    const before = record([
      ['a', openMarking],
      ['b', secret],
    ]);
    const after = record([
      ['new secret', secret],
      ['a', openMarking],
      ['b', secret],
    ]);
    expect(portionsAgain(before, after, permitted(before, ['portions/0']))).toEqual([]);
    // Where the secret one was permitted too, its place may hold an open one.
    expect(portionsAgain(before, after, permitted(before, ['portions/0', 'portions/1']))).toEqual([1]);
  });

  it('[COR-1] [REL-3] never gives a paragraph that demands more than the one that was permitted there', () => {
    const lists = fc.array(markings, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lists, lists, fc.array(fc.nat(4)), (old, now, indexes) => {
        const before = record(old.map((marking, at) => [`old ${at}`, marking]));
        const after = record(now.map((marking, at) => [`new ${at}`, marking]));
        const paths = indexes.map((index) => `portions/${index}`);
        for (const index of portionsAgain(before, after, permitted(before, paths))) {
          expect(indexes).toContain(index);
          const [was, is] = [before.portions[index]?.marking, after.portions[index]?.marking];
          expect(was && is && isAtLeast(was, is)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the board', () => {
  const asked = { askedAt: 1, answer: null, respondBy: '2026-03-01', today: '2026-03-01', reachable: true } as const;
  it('[COR-4] says who is late, and whom nothing reaches, and calls nobody late who was not asked or has answered', () => {
    expect(lineState(asked)).toEqual({ overdue: false, unreachable: false });
    expect(lineState({ ...asked, today: '2026-03-02' })).toEqual({ overdue: true, unreachable: false });
    expect(lineState({ ...asked, today: '2026-03-02', askedAt: null })).toMatchObject({ overdue: false });
    expect(lineState({ ...asked, today: '2026-03-02', answer: 'refused' })).toMatchObject({ overdue: false });
    expect(lineState({ ...asked, reachable: false })).toMatchObject({ unreachable: true });
    expect(lineState({ ...asked, reachable: false, answer: 'replaced' })).toMatchObject({ unreachable: false });
  });

  it('[COR-2] lets an answer change until the copy is replaced or erased', () => {
    expect([null, 'relied-on', 'refused', 'quarantined'].every((last) => mayAnswer(last as null))).toBe(true);
    expect([mayAnswer('replaced'), mayAnswer('erased')]).toEqual([false, false]);
  });

  it('[COR-3] flags what cites an older revision than the new one', () => {
    expect([1, 2, 3].map((revision) => isConcerned({ revision }, { revision: 2 }))).toEqual([true, false, false]);
  });

  it('[COR-3] quarantines an old text that is corrected and whose new text did not come', () => {
    const correction = { change: 'corrected', about: { revision: 2 } } as const;
    const stateOf = (revision: number, state: 'active' | 'quarantined' | 'equivocal') =>
      headStateAfter({ revision, state }, correction);
    expect([stateOf(1, 'active'), stateOf(2, 'active'), stateOf(3, 'active')]).toEqual([
      'quarantined',
      'active',
      'active',
    ]);
    expect([stateOf(1, 'equivocal'), stateOf(2, 'quarantined')]).toEqual(['equivocal', 'quarantined']);
  });
});

describe('problemOfStanding', () => {
  const [first, second] = [
    { hash: '1', revision: 1, status: 'active' },
    { hash: '2', revision: 2, status: 'active' },
  ] as const;
  const head = (revision: number, state: 'active' | 'quarantined' | 'equivocal') => ({
    hash: `${revision}`,
    revision,
    state,
  });
  it('[COR-1] [COR-3] lets the newest revision go, a withdrawal too, and nothing that was replaced or taken back', () => {
    expect(problemOfStanding(first, null)).toBeNull();
    expect(problemOfStanding(second, head(2, 'active'))).toBeNull();
    expect(problemOfStanding(first, head(2, 'active'))).toMatchObject({ code: 'revision-superseded' });
    expect(problemOfStanding({ ...second, status: 'withdrawn' }, head(2, 'quarantined'))).toBeNull();
    expect(problemOfStanding(second, head(2, 'quarantined'))).toMatchObject({ code: 'record-withdrawn' });
    expect(problemOfStanding(second, head(2, 'equivocal'))).toMatchObject({ code: 'revision-equivocation' });
  });
});

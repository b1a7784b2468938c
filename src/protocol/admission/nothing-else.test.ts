import { describe, expect, it } from 'vitest';
import { kindOf, kinds } from '#src/kinds/index.ts';
import { atlas, draftOf, meridian, openMarking } from '#tests/record/drafts.ts';
import { draftOfKind } from '#tests/record/drafts-of-kinds.ts';
import { issueAs } from '#tests/record/parties.ts';
import { heldOf } from '../record/held.ts';
import { linkTypes, type RecordDraft, type VerifiedRecord } from '../record/record.ts';
import { isRefusal } from '../refusal.ts';
import { type AdmissionSituation, admitRecord, type KindRules, problemOfForm } from './admit-record.ts';

const ofMeridian = issueAs(meridian, draftOf(meridian, { marking: { ...openMarking, level: 1 }, portions: [] }));
const ofAtlas = issueAs(atlas, draftOf(atlas, { marking: { ...openMarking, level: 1 }, portions: [] }));
const referenceTo = ({ origin, id, revision, hash }: VerifiedRecord) => ({ origin, record: id, revision, hash });
/** What a record of this kind by Atlas speaks of: its own, or Meridian's, which gets it. */
const about = (kind: string) => (kindOf(kind)?.speaksOf === 'own' ? ofAtlas : ofMeridian);
const draft = (kind: string, change: Partial<RecordDraft> = {}) =>
  draftOfKind(atlas, kind, referenceTo(about(kind)), change);

/** Atlas sends it to Meridian, with which nothing is agreed. */
function admitted(record: VerifiedRecord, change: Partial<AdmissionSituation> = {}): string {
  const target = about(record.kind);
  const { origin, kind } = target;
  const targets = new Map([[target.id, { origin, kind, state: 'active' as const, revisions: [heldOf(target)] }]]);
  const verdict = admitRecord(record, {
    from: atlas.id,
    self: meridian.id,
    kind: kindOf(record.kind),
    head: null,
    held: [],
    named: [],
    agreement: null,
    permissions: [],
    inLetter: false,
    given: new Set([target.hash]),
    targets,
    today: '2025-09-24',
    ...change,
  });
  return isRefusal(verdict) ? `${verdict.code} ${verdict.at ?? ''}`.trim() : verdict.verdict;
}

const bare = [...kinds.values()].filter(({ nothingElse }) => nothingElse !== undefined).map(({ name }) => name);
const { portions, grading } = draftOf(atlas);
const open = [{ text: 'x', nature: 'fact' as const, marking: openMarking }];
const noted = [{ code: 'H3' as const, originator: atlas.id, note: 'كل ما لا يُقال' }];
/** Everything that a record can have beside the fields of its body. */
const more: readonly (readonly [string, Partial<RecordDraft>])[] = [
  ['/portions', { portions: open }],
  ['/portions', { portions }],
  ['/cites', { cites: [referenceTo(ofMeridian)] }],
  ['/grading', { ...(grading && { grading }) }],
  ['/title', { title: 'شخص يستعد للسفر' }],
  ['/title', { title: 'Permission : شخص يستعد للسفر' }],
  ['/marking/handling', { marking: { ...openMarking, handling: noted } }],
];

describe('[REC-6] what founds trust, permits or corrects says nothing but its own fields', () => {
  it('of every kind that comes in whatever is agreed, and of no other', () => {
    const anyway = [...kinds.values()].filter(({ foundsTrust, byRelay }) => foundsTrust || byRelay !== undefined);
    expect(anyway.map(({ name }) => name)).toEqual(bare);
    for (const kind of bare) expect(admitted(issueAs(atlas, draft(kind))), kind).toBe('admit');
    // And the others do not come in.
    for (const { name } of [...kinds.values()].filter(({ name }) => !bare.includes(name))) {
      expect(admitted(issueAs(atlas, draft(name))), name).toBe('agreement-not-in-force');
    }
  });

  const cases = bare.flatMap((kind) => more.map(([at, change]) => [kind, at, change] as const));
  // An agreement's title and text are its own, though not under a condition.
  const isOwn = ([kind, at, change]: (typeof cases)[number]) =>
    kind === 'agreement' && (at === '/title' || (at === '/portions' && change.portions === open));
  it.each(cases.filter(isOwn))('%s has %s of its own', (kind, _, change) => {
    const said = draft(kind, change);
    expect(problemOfForm(said, kindOf(kind) as KindRules)).toBeNull();
    expect(admitted(issueAs(atlas, said))).toBe('admit');
  });
  it.each(cases.filter((each) => !isOwn(each)))('%s: %s', (kind, at, change) => {
    const said = draft(kind, change);
    const where = kind === 'agreement' && at === '/portions' ? '/marking/handling' : at;
    expect(problemOfForm(said, kindOf(kind) as KindRules)).toMatchObject({ code: 'record-says-more', at: where });
    expect(admitted(issueAs(atlas, said))).toBe(`record-says-more ${where}`);
  });

  it.each(bare)('%s: no link of another type', (kind) => {
    const { nothingElse } = kindOf(kind) as KindRules;
    const whole = draft(kind).links;
    for (const type of linkTypes) {
      const isOfOwn = type === 'supersedes' || type === 'part-of';
      const named = { ...referenceTo(isOfOwn ? ofAtlas : ofMeridian), type };
      const said = draft(kind, { links: [...whole.filter((link) => link.type !== type), named] });
      const problem = problemOfForm(said, kindOf(kind) as KindRules);
      const isTheirs = nothingElse?.links.includes(type) === true;
      expect(isTheirs ? 'right' : problem?.code, type).toBe(isTheirs ? 'right' : 'record-says-more');
    }
  });
});

describe('[MRK-1] what comes in whatever is agreed does not hide from those who work on what it is about', () => {
  it.each(bare)('%s', (kind) => {
    const founds = kindOf(kind)?.foundsTrust === true;
    const marked = (change: object) =>
      admitted(issueAs(atlas, draft(kind, { marking: { ...openMarking, ...change } })));
    const refused = founds ? 'agreement-ceiling-exceeded /marking' : 'marking-above-record /marking';
    expect(marked({ level: 1 })).toBe(founds ? refused : 'admit');
    expect(marked({ level: 2 })).toBe(refused);
    expect(marked({ compartments: ['SAHEL'] })).toBe(refused);
  });
});

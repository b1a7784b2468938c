import { describe, expect, it } from 'vitest';
import { kindOf, kinds } from '#src/kinds/index.ts';
import { atlas, draftOf, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { draftOfKind } from '#tests/record/drafts-of-kinds.ts';
import { issueAs } from '#tests/record/parties.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { heldOf } from '../record/held.ts';
import type { RecordDraft, VerifiedRecord } from '../record/record.ts';
import { type AdmissionSituation, admitRecord, type KindRules, problemOfForm } from './admit-record.ts';
import type { AgreementStanding } from './agreement-terms.ts';

const agreement: AgreementStanding = {
  ceiling: 3,
  compartments: ['SAHEL'],
  purposes: ['terrorism-prevention'],
  validFrom: '2025-01-01',
  validUntil: '2025-12-31',
  ourAssentAt: 1,
  theirAssentAt: 2,
  endedAt: null,
};
const takenBack = (before: VerifiedRecord, status: 'withdrawn' | 'erased', change: Partial<RecordDraft> = {}) =>
  issueAs(atlas, takenBackOf(before, status, change), JSON.stringify(change));
const report = (change: Partial<RecordDraft> = {}) => issueAs(atlas, draftOf(atlas, change), JSON.stringify(change));

/** Atlas sends to Meridian, which holds nothing of this record. */
function admit(record: VerifiedRecord, change: Partial<AdmissionSituation> = {}) {
  return admitRecord(record, {
    from: atlas.id,
    self: meridian.id,
    kind: kindOf(record.kind),
    head: null,
    held: [],
    named: [],
    agreement,
    permissions: [],
    inLetter: false,
    given: new Set(),
    targets: new Map(),
    today: '2025-09-24',
    ...change,
  });
}
const headOf = (record: VerifiedRecord, state: 'active' | 'quarantined' | 'equivocal' = 'active') => {
  const { origin, kind, hash, revision } = record;
  return { origin, kind, hash, revision, state };
};
const code = (verdict: unknown) => (verdict as { code?: string }).code ?? 'admitted';

describe('admitRecord', () => {
  it('[ADM-1] admits a report that its origin sends under an agreement', () => {
    expect(admit(report())).toEqual({ verdict: 'admit', becomesHead: true });
  });

  it('[REC-1] refuses a record that comes from another than its origin', () => {
    expect(code(admit(report(), { from: sahara.id }))).toBe('onward-not-permitted');
    // Our own record coming back, also from one who may hold it.
    const ours = issueAs(meridian, draftOf(meridian));
    expect(code(admit(ours))).toBe('onward-not-permitted');
  });

  it('[REC-1] refuses a revision by another than the origin of the record, and one of another kind', () => {
    const head = headOf(report());
    expect(code(admit(report(), { head: { ...head, origin: sahara.id } }))).toBe('record-not-by-origin');
    expect(code(admit(report(), { head: { ...head, kind: 'outcome' } }))).toBe('record-malformed');
  });

  it('[ADM-1] refuses a kind that it does not know', () => {
    expect(code(admit(report({ kind: 'prophecy' })))).toBe('record-kind-unknown');
    expect(code(admit(report(), { kind: kindOf('outcome') }))).toBe('record-kind-unknown');
  });

  it('[REC-2] refuses a body, portions or links that the kind does not allow', () => {
    const body = { reportType: 'lead', urgency: 'soon' };
    expect(admit(report({ body }))).toMatchObject({ code: 'record-body-invalid', at: '/urgency' });
    expect(admit(report({ body: { reportType: 'lead' } }))).toMatchObject({
      code: 'record-body-invalid',
      at: '/urgency',
    });
    expect(admit(report({ portions: [] }))).toMatchObject({ code: 'record-disclosure-missing', at: '/portions' });
    const decision = { kind: 'disposition', body: { decision: 'act' } };
    expect(admit(report(decision))).toMatchObject({ code: 'record-disclosure-missing', at: '/links' });
    const { hash } = report();
    const ours = { origin: meridian.id, record: testRecordId(meridian), revision: 1, hash };
    const links = [{ type: 'replies-to' as const, ...ours }];
    expect(code(admit(report({ ...decision, links }), { given: new Set([hash]) }))).toBe('admitted');
    expect(code(admit(report({ ...decision, links: links.map((l) => ({ ...l, type: 'about' as const })) })))).toBe(
      'record-disclosure-missing',
    );
  });

  it('[REC-1] lets nobody answer, decide on or ask about what is his own, nor two things at once', () => {
    const { hash } = report();
    const to = (of: typeof atlas, nth = 1) => {
      return { origin: of.id, record: testRecordId(of, nth), revision: nth, hash: nth === 1 ? hash : of.id };
    };
    const spoken = [...kinds.values()].filter(({ speaksOf }) => speaksOf !== undefined);
    expect(spoken.map(({ name, speaksOf }) => `${name} ${speaksOf}`)).toEqual([
      'disposition others',
      'outcome others',
      'answer others',
      'correction own',
      'correction-answer others',
      'permission-request others',
      'permission own',
    ]);
    for (const { name, speaksOf, requires } of spoken) {
      const [right, wrong] = speaksOf === 'own' ? [atlas, meridian] : [meridian, atlas];
      const saying = (...named: readonly ReturnType<typeof to>[]) => {
        const links = requires.flatMap((type) => named.map((each) => ({ ...each, type })));
        const draft = draftOfKind(atlas, name, to(right), { links });
        const refusal = problemOfForm(draft, kindOf(name) as KindRules);
        return refusal === null ? 'right' : `${refusal.code} ${refusal.at}`;
      };
      const refused = 'link-target-unknown /links';
      expect(saying(to(right)), name).toBe('right');
      expect(saying(to(wrong)), name).toBe(refused);
      expect(saying(to(right), to(wrong, 2)), name).toBe(refused);
      // What one's own decision is about its kind reads by itself: permissionStanding, correctionClaims.
      expect(saying(to(right), to(right, 2)), name).toBe(speaksOf === 'own' ? 'right' : refused);
    }
  });

  it('[REL-3] takes no answer, decision or question about what was not given to whoever sends it', () => {
    const [ours, theirs] = [meridian, sahara].map((of) => issueAs(of, draftOf(of)));
    if (!ours || !theirs) throw new Error('two');
    const to = ({ origin, id, revision, hash }: VerifiedRecord) => ({ origin, record: id, revision, hash });
    const answering = [...kinds.values()].filter(({ speaksOf }) => speaksOf === 'others').map(({ name }) => name);
    expect(answering).toHaveLength(5);
    for (const name of answering) {
      const about = (target: VerifiedRecord, change: object = {}) =>
        issueAs(atlas, draftOfKind(atlas, name, { ...to(target), ...change }));
      const { origin, kind } = ours;
      const held = (of: VerifiedRecord) =>
        [of.id, { origin: of.origin, kind, state: 'active', revisions: [heldOf(of)] }] as const;
      const targets = new Map([held(ours), held(theirs)]);
      const given = new Set([ours.hash, theirs.hash]);
      const verdict = (record: VerifiedRecord, change: Partial<AdmissionSituation> = {}) =>
        code(admit(record, { targets, given, agreement: { ...agreement, ceiling: 4 }, ...change }));
      expect(origin).toBe(meridian.id);
      expect(verdict(about(ours)), name).toBe('admitted');
      // Never given; another revision than the one that was; what is a third's, though it is held here.
      expect(verdict(about(ours), { given: new Set() }), name).toBe('link-target-unknown');
      expect(verdict(about(ours, { revision: 9, hash: atlas.id })), name).toBe('link-target-unknown');
      expect(verdict(about(theirs)), name).toBe('link-target-unknown');
    }
  });

  it('[REC-4] takes no link and no citation of a revision that is held under another number or hash', () => {
    const ours = issueAs(meridian, draftOf(meridian));
    const target = { origin: meridian.id, kind: 'report', state: 'active', revisions: [heldOf(ours)] } as const;
    const named = { origin: meridian.id, record: ours.id, revision: 1, hash: ours.hash };
    const verdicts = (state: 'active' | 'equivocal', change: object) => {
      const targets = new Map([[ours.id, { ...target, state }]]);
      const links = [{ ...named, ...change, type: 'derived-from' as const }];
      return [report({ links }), report({ cites: [{ ...named, ...change }] })].map((each) =>
        code(admit(each, { targets })),
      );
    };
    const [taken, refused] = [
      ['admitted', 'admitted'],
      ['link-target-unknown', 'link-target-unknown'],
    ];
    expect(verdicts('active', {})).toEqual(taken);
    expect(verdicts('active', { hash: atlas.id })).toEqual(refused);
    expect(verdicts('active', { revision: 2 })).toEqual(refused);
    expect(verdicts('active', { revision: 2, hash: atlas.id })).toEqual(taken);
    expect(verdicts('equivocal', { hash: atlas.id })).toEqual(taken);
  });

  it('[REC-2] says of a draft, before it is signed, what the door would say', () => {
    const kind = kindOf('report');
    if (!kind) throw new Error('no kind report');
    expect(problemOfForm(draftOf(atlas), kind)).toBeNull();
    expect(problemOfForm(draftOf(atlas, { body: {} }), kind)).toMatchObject({ code: 'record-body-invalid' });
    const { grading: _, ...ungraded } = draftOf(atlas);
    expect(problemOfForm(ungraded, kind)).toMatchObject({ code: 'record-grading-missing' });
  });

  it('[ACC-01] refuses information without a source grading', () => {
    const { grading: _, ...ungraded } = draftOf(atlas);
    expect(code(admit(issueAs(atlas, ungraded)))).toBe('record-grading-missing');
  });

  it('[ACC-02] refuses without an agreement in force', () => {
    const refused = 'agreement-not-in-force';
    expect(code(admit(report(), { agreement: null }))).toBe(refused);
    expect(code(admit(report(), { agreement: { ...agreement, theirAssentAt: null } }))).toBe(refused);
    expect(code(admit(report(), { agreement: { ...agreement, ourAssentAt: null } }))).toBe(refused);
    expect(code(admit(report(), { agreement: { ...agreement, endedAt: 3 } }))).toBe(refused);
    expect(code(admit(report(), { today: '2024-12-31' }))).toBe(refused);
    expect(code(admit(report(), { today: '2026-01-01' }))).toBe(refused);
    expect(code(admit(report(), { today: '2025-12-31' }))).toBe('admitted');
  });

  it('[ACC-02] refuses a purpose, level or compartment that the agreement does not cover', () => {
    expect(code(admit(report({ purpose: 'organised-crime' })))).toBe('agreement-purpose-not-covered');
    expect(code(admit(report({ purpose: 'administration' })))).toBe('agreement-purpose-not-covered');
    // The record itself is at level 2, its second portion at 3.
    expect(code(admit(report(), { agreement: { ...agreement, ceiling: 2 } }))).toBe('agreement-ceiling-exceeded');
    expect(code(admit(report(), { agreement: { ...agreement, compartments: [] } }))).toBe('agreement-ceiling-exceeded');
  });

  it('[ACC-02] lets what founds trust in before an agreement, but nothing else under its name', () => {
    const proposal = draftOfKind(atlas, 'agreement', { origin: atlas.id, record: '', revision: 1, hash: '' });
    expect(code(admit(issueAs(atlas, proposal), { agreement: null }))).toBe('admitted');
    const other = issueAs(atlas, { ...proposal, purpose: 'organised-crime' });
    expect(code(admit(other, { agreement: null }))).toBe('agreement-not-in-force');
  });

  it('[REC-4] holds a revision until the one before has come', () => {
    const first = report();
    const second = report({ revision: 2, previous: first.hash });
    const held = { verdict: 'hold', code: 'revision-gap', waitsFor: first.hash };
    expect(admit(second)).toEqual(held);
    const third = report({ revision: 3, previous: second.hash });
    expect(admit(third, { head: headOf(first) })).toEqual({ ...held, waitsFor: second.hash });
    expect(admit(second, { head: headOf(first), held: [heldOf(first)] })).toEqual({
      verdict: 'admit',
      becomesHead: true,
    });
    // Not even held when it could never come in.
    expect(code(admit(second, { agreement: null }))).toBe('agreement-not-in-force');
  });

  it('[REC-4] calls the same revision under another hash an equivocation', () => {
    const first = report();
    const other = report({ title: 'شيء آخر' });
    const held = { head: headOf(first), held: [heldOf(first)] };
    expect(code(admit(other, held))).toBe('revision-equivocation');
    // The same one again, perhaps with more disclosures, is no news and no harm.
    expect(admit(first, held)).toEqual({ verdict: 'admit', becomesHead: false });
  });

  it('[REC-4] never revives a withdrawn record by an older revision that comes late', () => {
    const first = report();
    const withdrawal = takenBack(first, 'withdrawn');
    const head = headOf(withdrawal, 'quarantined');
    expect(admit(first, { head, held: [heldOf(withdrawal)] })).toEqual({ verdict: 'admit', becomesHead: false });
    // After an equivocation no revision of it counts any more.
    const later = report({ revision: 2, previous: first.hash, title: 'شيء آخر' });
    expect(admit(later, { head: headOf(first, 'equivocal'), held: [heldOf(first)] })).toEqual({
      verdict: 'admit',
      becomesHead: false,
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, kinds } from '#src/kinds/index.ts';
import { problemOfForm } from '#src/protocol/admission/admit-record.ts';
import type { RecordDraft } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { atlas, draftOf, drafts, meridian, testRecordId } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { correctionClaims } from './claims.ts';
import { type Change, correctionDraft, nextRevision, problemOfChange } from './next-revision.ts';
import { correctionChanges } from './words.ts';

const made = { at: 1_759_000_000, today: '2025-09-27', reviewBy: '2026-09-27' };
const report = kindOf('report');
if (!report) throw new Error('no kind report');
const head = issueAs(
  atlas,
  draftOf(atlas, {
    cites: [
      {
        origin: meridian.id,
        record: testRecordId(meridian),
        revision: 1,
        hash: issueAs(meridian, draftOf(meridian)).hash,
      },
    ],
  }),
);
const marking = head.marking;
const corrected: Change = {
  change: 'corrected',
  title: 'عنوان جديد',
  grading: null,
  portions: [{ text: 'نص جديد', nature: 'fact', marking }],
};
const draftOf2 = (change: Change, of = head) => {
  const draft = nextRevision(of, change, report, made);
  if (isRefusal(draft)) throw new Error(draft.code);
  return draft;
};

describe('nextRevision', () => {
  it('[COR-1] follows the head, with the new text, and all that is not said again as it was', () => {
    const draft = draftOf2(corrected);
    expect(draft).toMatchObject({
      id: head.id,
      revision: 2,
      previous: head.hash,
      status: 'active',
      title: 'عنوان جديد',
      grading: head.grading,
      marking: head.marking,
      body: head.body,
      cites: head.cites,
      links: head.links,
      purpose: head.purpose,
      reviewBy: head.reviewBy,
    });
    const graded = draftOf2({ ...corrected, grading: { source: 'F', information: '6' } });
    expect(graded.grading).toEqual({ source: 'F', information: '6' });
    expect(problemOfForm(draft, report)).toBeNull();
  });

  it('[COR-3] [ACC-14] says nothing again of what is withdrawn or erased', () => {
    for (const change of ['withdrawn', 'erased'] as const) {
      const draft = draftOf2({ change, title: 'سُحب' });
      expect(draft).toMatchObject({
        status: change,
        portions: [],
        body: {},
        cites: [],
        title: 'سُحب',
        links: head.links,
      });
      expect(draft.grading).toBeUndefined();
      expect(draft.marking.level).toBe(head.marking.level);
      const sent = serialiseRecord(issueAs(atlas, draft));
      const disclosed = sent
        .split('~')
        .slice(1, -1)
        .map((one) => Buffer.from(one, 'base64url').toString());
      for (const { text } of head.portions) expect(disclosed.join()).not.toContain(text);
      expect(disclosed.join()).not.toContain(head.title);
    }
    // A note is free text: it goes with an erasure, and stays with a withdrawal.
    const noted = issueAs(
      atlas,
      draftOf(atlas, {
        marking: { ...draftOf(atlas).marking, handling: [{ code: 'H3', originator: atlas.id, note: 'appeler' }] },
        portions: [],
      }),
    );
    expect(draftOf2({ change: 'erased', title: 'x' }, noted).marking.handling).toEqual([]);
    expect(draftOf2({ change: 'withdrawn', title: 'x' }, noted).marking.handling).toHaveLength(1);
  });

  it('[ACC-13] takes a new review date where the old one is over', () => {
    const old = issueAs(atlas, draftOf(atlas, { reviewBy: '2025-09-26' }));
    expect(draftOf2(corrected, old).reviewBy).toBe(made.reviewBy);
  });

  it('[COR-3] never revives what was withdrawn; that may be erased, once', () => {
    const allowed = (status: RecordDraft['status']) =>
      correctionChanges.filter((change) => problemOfChange({ status }, change, report) === null);
    expect(allowed('active')).toEqual(['corrected', 'withdrawn', 'erased']);
    expect(allowed('withdrawn')).toEqual(['erased']);
    expect(allowed('erased')).toEqual([]);
  });

  it('[COR-1] is for information alone: trust, permissions and corrections have revisions of their own', () => {
    const correctable = [...kinds.values()]
      .filter((kind) => problemOfChange({ status: 'active' }, 'corrected', kind) === null)
      .map(({ name }) => name);
    expect(correctable).toEqual(expect.arrayContaining(['report', 'disposition', 'outcome', 'request', 'answer']));
    for (const name of [
      'agreement',
      'assent',
      'service',
      'permission',
      'permission-request',
      'correction',
      'correction-answer',
    ]) {
      expect(correctable).not.toContain(name);
    }
  });

  it('[REC-4] [COR-1] makes of any record a revision that any verifier takes', () => {
    fc.assert(
      fc.property(drafts, fc.constantFrom(...correctionChanges), (draft, change) => {
        const before = issueAs(atlas, { ...draft, origin: atlas.id, status: 'active' });
        const next = nextRevision(before, change === 'corrected' ? corrected : { change, title: 'x' }, report, {
          ...made,
          at: before.createdAt + 1,
          today: new Date((before.createdAt + 1) * 1_000).toISOString().slice(0, 10),
          reviewBy: new Date((before.createdAt + 86_400 * 90) * 1_000).toISOString().slice(0, 10),
        });
        if (isRefusal(next)) throw new Error(next.code);
        const after = issueAs(atlas, next);
        expect(after).toMatchObject({ id: before.id, revision: before.revision + 1, previous: before.hash });
      }),
      { numRuns: 50 },
    );
  });
});

describe('correctionDraft', () => {
  it('[COR-1] speaks of both revisions, is readable for whoever holds the record, and repeats nothing of it', () => {
    const restricted = issueAs(
      atlas,
      draftOf(atlas, { marking: { ...draftOf(atlas).marking, releasableTo: [meridian.id] }, portions: [] }),
    );
    const after = issueAs(atlas, draftOf2({ change: 'withdrawn', title: 'سُحب' }, restricted));
    const why = { ground: 'court-order', explanation: 'بأمر من المحكمة', respondBy: '2025-10-10' } as const;
    const draft = correctionDraft({ before: restricted, after }, 'withdrawn', why, {
      ...made,
      id: testRecordId(atlas, 7),
      language: 'ar',
      title: 'سُحب السجل',
      desk: 'liaison',
    });
    const correction = issueAs(atlas, draft);
    expect(correctionClaims(correction)).toMatchObject({
      change: 'withdrawn',
      about: { hash: after.hash, revision: 2 },
      supersedes: { hash: restricted.hash, revision: 1 },
    });
    expect(draft.marking).toMatchObject({ level: 2, compartments: ['SAHEL'], handling: [], releasableTo: 'any' });
    const kind = kindOf('correction');
    expect(kind && problemOfForm(draft, kind)).toBeNull();
    expect(JSON.stringify(draft)).not.toContain(restricted.title);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { atlas, draftOf, drafts, meridian, openMarking, sahara } from '#tests/record/drafts.ts';
import { issueAs, keyOf } from '#tests/record/parties.ts';
import type { AgreementStanding } from '../admission/agreement-terms.ts';
import { mayHold } from '../marking/may-hold.ts';
import type { RecordDraft, VerifiedRecord } from '../record/record.ts';
import { serialiseRecord } from '../record/serialise.ts';
import { verifyRecord } from '../record/verify.ts';
import { isRefusal } from '../refusal.ts';
import { planRelease, type ReleaseCopy, type ReleaseRequest } from './plan-release.ts';

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
const report = { graded: true, foundsTrust: false, portionsMin: 1 };
const record = issueAs(atlas, draftOf(atlas));
const all = (of: VerifiedRecord) => new Set(of.disclosures.map(({ digest }) => digest));
const digestAt = (path: string, of = record) => of.disclosures.find((each) => each.path === path)?.digest ?? '';

/** No permission, no source and no holder around it. */
const alone = { permissions: [], sources: [], isHolder: () => false };

function plan(change: Partial<ReleaseRequest> = {}) {
  return planRelease({
    record,
    kind: report,
    self: atlas.id,
    recipient: meridian.id,
    agreement,
    ...alone,
    visible: all(change.record ? (change.record as VerifiedRecord) : record),
    withheld: new Set(),
    purpose: 'terrorism-prevention',
    today: '2025-09-24',
    ...change,
  });
}
const code = (planned: unknown) => (planned as { code?: string }).code ?? 'released';
const pathsIn = (planned: unknown, of = record) => {
  const digests = (planned as ReleaseCopy).digests;
  return of.disclosures.filter(({ digest }) => digests.includes(digest)).map(({ path }) => path);
};
const withDraft = (change: Partial<RecordDraft>) => issueAs(atlas, draftOf(atlas, change), JSON.stringify(change));

describe('planRelease', () => {
  it('[REL-1] gives a partner all that it may hold, and never the lists of who may', () => {
    const planned = plan();
    const paths = record.disclosures.map(({ path }) => path).filter((path) => path !== 'releasableTo');
    expect(pathsIn(planned)).toEqual(paths);
    expect(planned).toMatchObject({ portionsWithheld: [] });
  });

  it('[REL-1] makes a tear-line of a record whose portion is above the agreement', () => {
    const planned = plan({ agreement: { ...agreement, ceiling: 2 } });
    expect(planned).toMatchObject({ portionsWithheld: [{ portion: 1, code: 'agreement-ceiling-exceeded' }] });
    expect(pathsIn(planned)).not.toContain('portions/1');
    const copy = verifyRecord(
      serialiseRecord(record, new Set((planned as ReleaseCopy).digests)),
      keyOf(atlas),
      nodePrimitives,
    );
    expect(copy).toMatchObject({ hash: record.hash, title: record.title, body: record.body });
  });

  it('[REL-1] gives nothing that the policy does not show, even where the label would', () => {
    const visible = all(record);
    visible.delete(digestAt('portions/0'));
    const planned = plan({ visible });
    expect(planned).toMatchObject({ portionsWithheld: [{ portion: 0, code: 'release-not-visible-to-partner' }] });
    expect(code(plan({ visible: new Set() }))).toBe('release-not-visible-to-partner');
    for (const path of ['compartments', 'title', 'links', 'body/urgency']) {
      const without = all(record);
      without.delete(digestAt(path));
      expect(code(plan({ visible: without })), path).toBe('release-not-visible-to-partner');
    }
  });

  it('[REL-1] gives nothing that the label forbids, even where the policy shows it', () => {
    const marked = withDraft({ marking: { ...openMarking, releasableTo: [sahara.id] } });
    expect(code(plan({ record: marked }))).toBe('release-not-visible-to-partner');
    expect(code(plan({ record: marked, recipient: sahara.id }))).toBe('released');
    expect(code(plan({ agreement: { ...agreement, ceiling: 1 } }))).toBe('agreement-ceiling-exceeded');
    expect(code(plan({ agreement: { ...agreement, compartments: [] } }))).toBe('agreement-ceiling-exceeded');
  });

  it('[REL-2] holds back what the officer says, but not what makes the record', () => {
    const withheld = new Set(
      ['portions/1', 'desk', 'title', 'body/urgency', 'compartments'].map((path) => digestAt(path)),
    );
    const planned = plan({ withheld });
    expect(planned).toMatchObject({ portionsWithheld: [{ portion: 1, code: 'release-held-back' }] });
    expect(pathsIn(planned)).toEqual(expect.arrayContaining(['title', 'body/urgency', 'compartments', 'portions/0']));
    expect(pathsIn(planned)).not.toContain('desk');
  });

  it('[REL-2] refuses when too little would be left', () => {
    const withheld = new Set([digestAt('portions/0'), digestAt('portions/1')]);
    expect(code(plan({ withheld }))).toBe('release-nothing-left');
    expect(code(plan({ withheld, kind: { ...report, portionsMin: 0 } }))).toBe('released');
  });

  it('[REL-3] refuses a record of another service', () => {
    expect(code(plan({ self: sahara.id }))).toBe('onward-not-permitted');
  });

  it('[ACC-01] refuses information without a source grading', () => {
    const { grading: _, ...ungraded } = draftOf(atlas);
    expect(code(plan({ record: issueAs(atlas, ungraded) }))).toBe('record-grading-missing');
    expect(code(plan({ record: issueAs(atlas, ungraded), kind: { ...report, graded: false } }))).toBe('released');
  });

  it('[ACC-02] refuses without an agreement in force that covers the purpose', () => {
    expect(code(plan({ agreement: null }))).toBe('agreement-not-in-force');
    expect(code(plan({ today: '2026-01-01' }))).toBe('agreement-not-in-force');
    expect(code(plan({ purpose: 'organised-crime' }))).toBe('agreement-purpose-not-covered');
    const other = withDraft({ purpose: 'organised-crime' });
    expect(code(plan({ record: other }))).toBe('agreement-purpose-not-covered');
  });

  it('[ACC-02] lets what founds trust out before an agreement, at its own level only', () => {
    const founding = { record: withDraft({ purpose: 'administration' }), kind: { ...report, foundsTrust: true } };
    const request = { ...founding, agreement: null, purpose: 'administration' };
    expect(plan(request)).toMatchObject({ portionsWithheld: [{ portion: 1, code: 'agreement-ceiling-exceeded' }] });
    expect(code(plan({ ...request, purpose: 'terrorism-prevention' }))).toBe('agreement-not-in-force');
    expect(code(plan({ ...request, kind: report }))).toBe('agreement-not-in-force');
  });

  it('[REL-1] never widens: only visible, only what the partner may hold, and always a copy that verifies', () => {
    const cases = drafts.chain((draft) => {
      const issued = issueAs(atlas, draft);
      const digests = issued.disclosures.map(({ digest }) => digest);
      return fc.record({
        issued: fc.constant(issued),
        visible: fc.oneof(fc.constant(digests), fc.subarray(digests)),
        withheld: fc.subarray(digests),
        ceiling: fc.integer({ min: 0, max: 4 }),
        compartments: fc.subarray(['SAHEL', 'ATLANTIC', 'دائرة', 'z']),
      });
    });
    fc.assert(
      fc.property(cases, ({ issued, visible, withheld, ceiling, compartments }) => {
        const planned = planRelease({
          record: issued,
          kind: { graded: false, foundsTrust: false, portionsMin: 0 },
          self: atlas.id,
          recipient: meridian.id,
          agreement: { ...agreement, ceiling, compartments, purposes: [issued.purpose] },
          ...alone,
          visible: new Set(visible),
          withheld: new Set(withheld),
          purpose: issued.purpose,
          today: '2025-09-24',
        });
        if (isRefusal(planned)) return;
        const principal = { level: ceiling, compartments, service: meridian.id };
        for (const digest of planned.digests) {
          expect(visible).toContain(digest);
          const disclosure = issued.disclosures.find((each) => each.digest === digest);
          expect(disclosure && mayHold(principal, disclosure.label)).toBe(true);
        }
        const copy = verifyRecord(serialiseRecord(issued, new Set(planned.digests)), keyOf(atlas), nodePrimitives);
        if (isRefusal(copy)) throw new Error(copy.code);
        const indexes = [...copy.portions.map(({ index }) => index), ...planned.portionsWithheld.map((w) => w.portion)];
        expect(indexes.sort((a, b) => a - b)).toEqual(issued.portions.map(({ index }) => index));
      }),
      { numRuns: 60 },
    );
  });
});

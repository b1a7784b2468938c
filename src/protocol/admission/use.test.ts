import { describe, expect, it } from 'vitest';
import { atlas, draftOf, meridian, testRecordId } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { permissionFor as standingFor } from '#tests/record/permissions.ts';
import type { Handling } from '../marking/marking.ts';
import { isRefusal } from '../refusal.ts';
import { permittedUse, type RecordUse, type UsedRecord } from './use.ts';

const record = issueAs(atlas, draftOf(atlas));
const theirs = { origin: atlas.id, record: record.id, revision: 1, hash: record.hash };
const ours = { origin: meridian.id, record: testRecordId(meridian), revision: 1, hash: meridian.id };
const h1: Handling = { code: 'H1', originator: atlas.id };
const court: RecordUse = { use: 'judicial', purpose: null };
const paper: RecordUse = { use: 'publication', purpose: null };
const border: RecordUse = { use: 'other-purpose', purpose: 'border-security' };
const given = (asked: RecordUse) => standingFor(record, { ...asked, onwardTo: null, digests: [] });
const here = { self: meridian.id, today: '2025-09-24' };

function use(of: Partial<UsedRecord>, asked: RecordUse, permissions = [] as ReturnType<typeof given>[]) {
  const rests = permittedUse({ reference: theirs, handling: [], sources: [], ...of }, asked, permissions, here);
  return isRefusal(rests) ? rests.code : rests.length;
}

describe('the use of a record', () => {
  it('[ACC-08] in court needs its originator’s permission where H1 says so', () => {
    expect(use({}, court)).toBe(0);
    expect(use({ handling: [h1] }, court)).toBe('use-not-permitted');
    expect(use({ handling: [h1] }, court, [given(court)])).toBe(1);
    expect(use({ handling: [h1] }, court, [{ ...given(court), validUntil: '2025-09-23' }])).toBe('permission-expired');
  });

  it('[ACC-08] in public and [ACC-09] for another purpose always needs it, each for itself', () => {
    expect(use({}, paper)).toBe('use-not-permitted');
    expect(use({}, paper, [given(paper)])).toBe(1);
    expect(use({}, border, [given(paper)])).toBe('use-not-permitted');
    expect(use({}, border, [given(border)])).toBe(1);
    expect(use({}, { ...border, purpose: 'organised-crime' }, [given(border)])).toBe('use-not-permitted');
  });

  it('[ACC-08] of our own record asks whom it draws on, under the conditions of what was drawn on', () => {
    const drawn = (handling: readonly Handling[]) => ({
      reference: ours,
      handling,
      sources: [{ reference: theirs, handling }],
    });
    expect(use({ reference: ours }, court)).toBe(0);
    expect(use({ reference: ours }, paper)).toBe(0);
    expect(use(drawn([]), court)).toBe(0);
    expect(use(drawn([h1]), court)).toBe('use-not-permitted');
    expect(use(drawn([h1]), court, [given(court)])).toBe(1);
    expect(use(drawn([]), paper)).toBe('use-not-permitted');
    // A condition whose source is not cited nobody can be asked to lift.
    expect(use({ reference: ours, handling: [h1] }, court, [given(court)])).toBe('use-not-permitted');
  });
});

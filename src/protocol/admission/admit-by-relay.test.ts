import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { kindOf } from '#src/kinds/index.ts';
import { atlas, draftOf, meridian, openMarking, sahara, testRecordId } from '#tests/record/drafts.ts';
import { issueAs, keyOf } from '#tests/record/parties.ts';
import { permissionRecord, permissionFor as standingFor } from '#tests/record/permissions.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { heldOf } from '../record/held.ts';
import type { RecordDraft, VerifiedRecord } from '../record/record.ts';
import { serialiseRecord } from '../record/serialise.ts';
import { verifyRecord } from '../record/verify.ts';
import { isRefusal } from '../refusal.ts';
import { type AdmissionSituation, admitRecord } from './admit-record.ts';

const agreement = {
  ceiling: 3,
  compartments: ['SAHEL'],
  purposes: ['terrorism-prevention'],
  validFrom: '2025-01-01',
  validUntil: '2025-12-31',
  ourAssentAt: 1,
  theirAssentAt: 2,
  endedAt: null,
};
const record = issueAs(atlas, draftOf(atlas));
const copy = copyOf((path) => path !== 'releasableTo');
const tearLine = copyOf((path) => path !== 'releasableTo' && path !== 'portions/1');

function copyOf(keeps: (path: string) => boolean): VerifiedRecord {
  const digests = new Set(record.disclosures.filter(({ path }) => keeps(path)).map(({ digest }) => digest));
  const read = verifyRecord(serialiseRecord(record, digests), keyOf(atlas), nodePrimitives);
  if (isRefusal(read)) throw new Error(read.code);
  return read;
}

/** Meridian brings Sahara a record of Atlas. */
function admit(of: VerifiedRecord, change: Partial<AdmissionSituation> = {}) {
  const admitted = admitRecord(of, {
    from: meridian.id,
    self: sahara.id,
    kind: kindOf(of.kind),
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
  return isRefusal(admitted) ? admitted.code : admitted.verdict;
}
const held = { origin: atlas.id, kind: 'report', hash: record.hash, revision: 1, state: 'active' } as const;
const target = { origin: atlas.id, kind: 'report', state: 'active', revisions: [heldOf(record)] } as const;
const bare = (change: Partial<RecordDraft>) => {
  const { grading: _, ...draft } = draftOf(atlas, { id: testRecordId(atlas, 7), portions: [], ...change });
  return issueAs(atlas, draft, JSON.stringify(change));
};

describe('[REL-3] a record that a relay brings', () => {
  it('comes in by its origin’s permission for this relay, this recipient and this revision alone', () => {
    const given = standingFor(record);
    expect(admit(copy)).toBe('onward-not-permitted');
    expect(admit(copy, { permissions: [given] })).toBe('admit');
    expect(admit(copy, { permissions: [{ ...given, grantee: atlas.id }] })).toBe('onward-not-permitted');
    expect(admit(copy, { permissions: [{ ...given, onwardTo: meridian.id }] })).toBe('onward-not-permitted');
    expect(admit(copy, { permissions: [{ ...given, origin: meridian.id }] })).toBe('onward-not-permitted');
    const about = { record: record.id, hash: meridian.id };
    expect(admit(copy, { permissions: [{ ...given, about }] })).toBe('onward-not-permitted');
  });

  it('[EXC-5] comes first on the relay’s own link: a letter brings only the next revision of what is held', () => {
    const permissions = [standingFor(record)];
    expect(admit(copy, { permissions, inLetter: true })).toBe('onward-not-permitted');
    expect(admit(copy, { permissions, inLetter: true, head: held })).toBe('admit');
    expect(admit(copy, { permissions })).toBe('admit');
  });

  it('does not come in after the permission’s end', () => {
    const given = standingFor(record);
    expect(admit(copy, { permissions: [given], today: '2025-12-31' })).toBe('admit');
    const late = { ...agreement, validUntil: '2027-01-01' };
    expect(admit(copy, { permissions: [given], today: '2026-01-01', agreement: late })).toBe('permission-expired');
    const revoked = { ...given, decision: 'revoked' as const, validUntil: null };
    expect(admit(copy, { permissions: [revoked] })).toBe('permission-revoked');
  });

  it('holds no disclosure that is not permitted', () => {
    const digests = tearLine.disclosures.map(({ digest }) => digest);
    expect(admit(tearLine, { permissions: [standingFor(record, { digests })] })).toBe('admit');
    expect(admit(copy, { permissions: [standingFor(record, { digests })] })).toBe('permission-digests-exceeded');
  });

  it('is covered by what is agreed with the relay', () => {
    const permissions = [standingFor(record)];
    expect(admit(copy, { permissions, agreement: null })).toBe('agreement-not-in-force');
    expect(admit(copy, { permissions, agreement: { ...agreement, ceiling: 2 } })).toBe('agreement-ceiling-exceeded');
  });

  it('is never one of our own, nor what founds trust', () => {
    expect(admit(record, { self: atlas.id, from: meridian.id })).toBe('onward-not-permitted');
    const card = bare({ kind: 'service', purpose: 'administration' });
    expect(admit(card, { permissions: [standingFor(card)] })).toBe('onward-not-permitted');
  });

  it('[COR-1] comes in without any permission when it only takes back what is held', () => {
    const withdrawn = issueAs(atlas, takenBackOf(record, 'withdrawn'));
    expect(admit(withdrawn, { head: held, held: [heldOf(record)], agreement: null })).toBe('admit');
    // Where nothing is held there is nothing to restrict, and what says more than that is no restriction.
    expect(admit(withdrawn, { head: null, agreement: null })).toBe('onward-not-permitted');
    const { portions } = draftOf(atlas);
    const saying = issueAs(atlas, takenBackOf(record, 'withdrawn', { portions }));
    expect(admit(saying, { head: held, held: [heldOf(record)], agreement: null })).toBe('revision-not-empty');
  });

  it('[PRM-1] comes in as a permission when it names the receiver, or speaks of what is held', () => {
    const permission = permissionRecord(record);
    expect(admit(permission, { agreement: null })).toBe('admit');
    const elsewhere = permissionRecord(record, { onwardTo: testParty() });
    expect(admit(elsewhere, { agreement: null })).toBe('onward-not-permitted');
    expect(admit(elsewhere, { agreement: null, targets: new Map([[record.id, target]]) })).toBe('admit');
  });

  it('[PRM-1] comes in as a request when it asks about a record of our own', () => {
    const about = {
      type: 'about',
      origin: sahara.id,
      record: testRecordId(sahara),
      revision: 1,
      hash: sahara.id,
    } as const;
    const ours = { origin: sahara.id, kind: 'report', state: 'active', revisions: [] } as const;
    const request = bare({
      kind: 'permission-request',
      ...asked,
      body: { use: 'judicial', reason: 'x' },
      links: [about],
    });
    expect(
      admit(request, { agreement: null, targets: new Map([[about.record, ours]]), given: new Set([about.hash]) }),
    ).toBe('admit');
    expect(admit(request, { agreement: null })).toBe('onward-not-permitted');
    const others = bare({
      kind: 'permission-request',
      ...asked,
      body: { use: 'judicial', reason: 'x' },
      links: [{ ...about, origin: atlas.id, record: record.id }],
    });
    expect(admit(others, { agreement: null, targets: new Map([[record.id, target]]) })).toBe('onward-not-permitted');
  });
});

const asked = { title: 'Request for permission', marking: openMarking };
const testParty = () => 'A'.repeat(43);

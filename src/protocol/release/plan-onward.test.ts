import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '#src/kinds/index.ts';
import { atlas, draftOf, meridian, openMarking, sahara, testRecordId } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { permissionRecord, permissionFor as standingFor } from '#tests/record/permissions.ts';
import type { PermissionStanding } from '../admission/permission.ts';
import type { Handling } from '../marking/marking.ts';
import type { VerifiedRecord } from '../record/record.ts';
import { isRefusal } from '../refusal.ts';
import { permittedDigests } from './permitted-digests.ts';
import { planRelease, type ReleaseRequest } from './plan-release.ts';

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
const whole = issueAs(atlas, draftOf(atlas));
/** As Meridian holds it: without the list of who may. */
const record = { ...whole, disclosures: whole.disclosures.filter(({ path }) => path !== 'releasableTo') };
const digests = record.disclosures.map(({ digest }) => digest);
const digestAt = (path: string) => record.disclosures.find((each) => each.path === path)?.digest ?? '';

/** Meridian would give Sahara a record of Atlas. */
function plan(change: Partial<ReleaseRequest> = {}, of: VerifiedRecord = record) {
  return planRelease({
    record: of,
    kind: kindOf(of.kind) as ReleaseRequest['kind'],
    self: meridian.id,
    recipient: sahara.id,
    agreement,
    permissions: [standingFor(record)],
    sources: [],
    isHolder: () => false,
    visible: new Set(of.disclosures.map(({ digest }) => digest)),
    withheld: new Set(),
    purpose: 'terrorism-prevention',
    today: '2025-09-24',
    ...change,
  });
}
const code = (planned: unknown) => (planned as { code?: string }).code ?? 'released';

describe('[REL-3] another’s record, to a partner', () => {
  it('goes as its origin permits, and today', () => {
    expect(plan()).toEqual({ digests, portionsWithheld: [] });
    expect(code(plan({ permissions: [] }))).toBe('onward-not-permitted');
    expect(code(plan({ permissions: [standingFor(record, { onwardTo: atlas.id })] }))).toBe('onward-not-permitted');
    expect(code(plan({ permissions: [standingFor(record, { grantee: sahara.id })] }))).toBe('onward-not-permitted');
    const late = { ...agreement, validUntil: '2027-01-01' };
    expect(code(plan({ today: '2026-01-01', agreement: late }))).toBe('permission-expired');
    const revoked = standingFor(record, { decision: 'revoked', validUntil: null });
    expect(code(plan({ permissions: [revoked] }))).toBe('permission-revoked');
  });

  it('is reduced to what is permitted, and refused where a part that every copy has is not', () => {
    const without = (path: string) => ({
      permissions: [standingFor(record, { digests: digests.filter((digest) => digest !== digestAt(path)) })],
    });
    expect(plan(without('portions/1'))).toMatchObject({
      portionsWithheld: [{ portion: 1, code: 'onward-not-permitted' }],
    });
    expect(code(plan(without('title')))).toBe('onward-not-permitted');
  });

  it('is covered by what is agreed with the partner all the same', () => {
    expect(code(plan({ agreement: null }))).toBe('agreement-not-in-force');
    expect(plan({ agreement: { ...agreement, ceiling: 2 } })).toMatchObject({
      portionsWithheld: [{ portion: 1, code: 'agreement-ceiling-exceeded' }],
    });
    const visible = new Set(digests.filter((digest) => digest !== digestAt('portions/0')));
    expect(plan({ visible })).toMatchObject({
      portionsWithheld: [{ portion: 0, code: 'release-not-visible-to-partner' }],
    });
  });

  it('follows its permission, which goes to the one whom it names and to nobody else', () => {
    const permission = permissionRecord(record);
    const own = standingFor(record, { permission: permission.id, hash: permission.hash });
    expect(code(plan({ permissions: [own] }, permission))).toBe('released');
    expect(code(plan({ permissions: [own], recipient: atlas.id }, permission))).toBe('onward-not-permitted');
    expect(code(plan({ permissions: [own], today: '2026-01-01' }, permission))).toBe('onward-not-permitted');
    expect(code(plan({ permissions: [standingFor(record)] }, permission))).toBe('onward-not-permitted');
  });

  it('never widens: whatever is asked, nothing goes that is not permitted, agreed and seen', () => {
    const cases = fc.record({
      permitted: fc.subarray(digests),
      visible: fc.subarray(digests),
      ceiling: fc.integer({ min: 0, max: 4 }),
    });
    let released = 0;
    fc.assert(
      fc.property(cases, ({ permitted, visible, ceiling }) => {
        const permissions = [standingFor(record, { digests: permitted })];
        const planned = plan({ permissions, visible: new Set(visible), agreement: { ...agreement, ceiling } });
        if (isRefusal(planned)) return;
        released++;
        for (const digest of planned.digests) {
          expect(permitted).toContain(digest);
          expect(visible).toContain(digest);
          expect(record.disclosures.find((each) => each.digest === digest)?.label.level).toBeLessThanOrEqual(ceiling);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(released).toBeGreaterThan(0);
  });
});

describe('[ACC-08] what we derived from another’s record', () => {
  const condition: Handling = { code: 'H2', originator: atlas.id };
  const source = { origin: atlas.id, record: record.id, revision: 1, hash: record.hash };
  const marking = { ...openMarking, level: 1 as const, handling: [condition] };
  const portions = [
    { text: 'أ', nature: 'fact', marking: openMarking },
    { text: 'ب', nature: 'fact', marking },
  ] as const;
  const derived = (change: object) =>
    issueAs(
      meridian,
      draftOf(meridian, { marking: openMarking, portions, cites: [source], ...change }),
      JSON.stringify(change),
    );
  const sources = [{ reference: source, handling: [condition] }];
  const ours = (of: VerifiedRecord, change: Partial<ReleaseRequest> = {}) =>
    plan({ permissions: [], sources, ...change }, of);

  it('goes with its H2 to nobody but that originator without its permission', () => {
    const report = derived({ marking });
    expect(code(ours(report))).toBe('originator-permission-missing');
    expect(code(ours(report, { recipient: atlas.id }))).toBe('released');
    expect(code(ours(report, { permissions: [standingFor(record)] }))).toBe('released');
    const elsewhere: PermissionStanding = standingFor(record, { onwardTo: atlas.id });
    expect(code(ours(report, { permissions: [elsewhere] }))).toBe('originator-permission-missing');
    expect(
      code(
        ours(report, {
          permissions: [standingFor(record)],
          today: '2026-01-01',
          agreement: { ...agreement, validUntil: '2027-01-01' },
        }),
      ),
    ).toBe('originator-permission-missing');
  });

  it('stays where its source is not cited, for then nobody can be asked', () => {
    const report = derived({ marking, cites: [] });
    expect(code(ours(report, { sources: [], permissions: [standingFor(record)] }))).toBe(
      'originator-permission-missing',
    );
  });

  it('leaves out the one paragraph that draws on it', () => {
    expect(ours(derived({}))).toMatchObject({
      portionsWithheld: [{ portion: 1, code: 'originator-permission-missing' }],
    });
  });
});

describe('[PRM-1] what a permission lets go', () => {
  it('is everything of the portions meant but the list of who may hold it', () => {
    const paths = (planned: readonly string[] | object) =>
      whole.disclosures.filter(({ digest }) => (planned as readonly string[]).includes(digest)).map(({ path }) => path);
    expect(paths(permittedDigests(whole, sahara.id, null))).toEqual(record.disclosures.map(({ path }) => path));
    expect(paths(permittedDigests(whole, sahara.id, [1]))).not.toContain('portions/0');
    expect(code(permittedDigests(whole, sahara.id, [7]))).toBe('release-nothing-left');
  });

  it('is nothing for whom the record itself keeps out, and not the paragraph that does', () => {
    const marking = { ...openMarking, releasableTo: [meridian.id] };
    const closed = issueAs(atlas, draftOf(atlas, { id: testRecordId(atlas, 3), marking, portions: [] }), 'closed');
    expect(code(permittedDigests(closed, sahara.id, null))).toBe('release-not-visible-to-partner');
    const portions = [
      { text: 'أ', nature: 'fact', marking: openMarking },
      { text: 'ب', nature: 'fact', marking },
    ] as const;
    const half = issueAs(atlas, draftOf(atlas, { id: testRecordId(atlas, 4), marking: openMarking, portions }), 'half');
    const permitted = permittedDigests(half, sahara.id, null) as readonly string[];
    const going = half.disclosures.filter(({ digest }) => permitted.includes(digest)).map(({ path }) => path);
    expect(going).toContain('portions/0');
    expect(going).not.toContain('portions/1');
  });
});

import { describe, expect, it } from 'vitest';
import { atlas, draftOf, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { permissionRecord, permissionFor as standingFor } from '#tests/record/permissions.ts';
import { permissionFor, permissionInForce, permissionStanding } from './permission.ts';

const record = issueAs(atlas, draftOf(atlas));
const given = standingFor(record);
const today = '2025-09-24';
const need = {
  use: 'onward',
  origin: atlas.id,
  grantee: meridian.id,
  onwardTo: sahara.id,
  purpose: null,
  about: { record: record.id, hash: record.hash },
} as const;

describe('[PRM-1] a permission', () => {
  it('is read from its record, which names one revision in body and link alike', () => {
    const permission = permissionRecord(record);
    expect(permissionStanding(permission)).toEqual({
      ...given,
      permission: permission.id,
      hash: permission.hash,
      digests: given.digests.toSorted(),
    });
    const code = (body: { readonly [field: string]: unknown }) =>
      (permissionStanding(permissionRecord(record, body)) as { code?: string }).code;
    expect(code({ hash: meridian.id })).toBe('link-target-unknown');
    expect(code({ record: testRecordId(atlas, 5) })).toBe('link-target-unknown');
    expect(code({ use: 'anything' })).toBe('record-body-invalid');
    expect(code({ grantee: 'meridian' })).toBe('record-body-invalid');
    expect(code({ validUntil: '2025-02-30' })).toBe('record-body-invalid');
    expect(code({ decision: 'revoked' })).toBe('record-body-invalid');
    expect(code({ digests: ['x'] })).toBe('record-body-invalid');
    expect(code({ portions: [-1] })).toBe('record-body-invalid');
    expect(code({ purpose: 'border-security' })).toBe('record-body-invalid');
  });

  it('of another than the origin of what it is about is none', () => {
    const link = { type: 'about', origin: sahara.id, record: record.id, revision: 1, hash: record.hash } as const;
    expect(permissionStanding({ ...permissionRecord(record), links: [link] })).toMatchObject({
      code: 'link-target-unknown',
    });
  });

  it('is in force through its last day, unless it was refused or revoked', () => {
    expect(permissionInForce(given, '2025-12-31')).toBe(true);
    expect(permissionInForce(given, '2026-01-01')).toBe(false);
    expect(permissionInForce({ ...given, decision: 'revoked', validUntil: null }, today)).toBe(false);
    expect(permissionInForce({ ...given, decision: 'refused', validUntil: null }, today)).toBe(false);
  });

  it('covers just its use, grantee, recipient, purpose, record and revision', () => {
    expect(permissionFor(need, [given], today)).toBe(given);
    const other = { record: testRecordId(atlas, 5), hash: record.hash };
    for (const change of [
      { use: 'judicial' as const, onwardTo: null },
      { origin: sahara.id },
      { grantee: sahara.id },
      { onwardTo: atlas.id },
      { purpose: 'border-security' },
      { about: other },
      { about: { record: record.id, hash: meridian.id } },
    ]) {
      const code = 'use' in change ? 'use-not-permitted' : 'onward-not-permitted';
      expect(permissionFor({ ...need, ...change }, [given], today)).toBe(code);
    }
  });

  it('that has ended says how; of several in force the one that covers most counts', () => {
    const revoked = { ...given, decision: 'revoked' as const, validUntil: null, digests: [] };
    const narrow = { ...given, digests: given.digests.slice(0, 3) };
    expect(permissionFor(need, [given], '2026-01-01')).toBe('permission-expired');
    expect(permissionFor(need, [revoked], today)).toBe('permission-revoked');
    expect(permissionFor(need, [revoked, narrow, given], today)).toBe(given);
    expect(permissionFor(need, [], today)).toBe('onward-not-permitted');
  });
});

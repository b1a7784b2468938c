import { describe, expect, it } from 'vitest';
import { atlas, draftOf, meridian } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import type { Json } from '../primitives.ts';
import { agreementInForce, agreementTerms } from './agreement-terms.ts';
import { assentClaims } from './assent-claims.ts';

const body: { [field: string]: Json } = {
  parties: [atlas.id, meridian.id],
  ceiling: 3,
  compartments: ['SAHEL', 'ATLANTIC'],
  purposes: ['terrorism-prevention', 'border-security'],
  validFrom: '2025-10-01',
  validUntil: '2026-09-30',
  oversightIncluded: true,
};

describe('agreementTerms', () => {
  it('[ACC-02] reads what two services agreed on', () => {
    expect(agreementTerms({ body: { ...body, suite: '647a-0001-0002' } })).toEqual(body);
  });

  it.each<[string, Json[]]>([
    ['parties', [[atlas.id], [atlas.id, atlas.id], [atlas.id, 'meridian'], [], 'x']],
    ['ceiling', [5, -1, 1.5, '3']],
    ['compartments', [['A', 'A'], [1], null]],
    ['purposes', [['any'], 'terrorism-prevention']],
    ['validFrom', ['2025-02-30', 'now', null]],
    ['validUntil', ['2025-09-30', '', null]],
    ['oversightIncluded', ['yes', null]],
  ])('[ACC-02] refuses %s in another form', (field, values) => {
    for (const value of values) {
      const refused = { code: 'record-body-invalid', at: `/${field}` };
      expect(agreementTerms({ body: { ...body, [field]: value } }), JSON.stringify(value)).toMatchObject(refused);
    }
    const { [field]: _, ...without } = body;
    expect(agreementTerms({ body: without })).toMatchObject({ code: 'record-body-invalid' });
  });

  it('[REC-5] are in force once both assented, until one ends it or the last day is over', () => {
    const terms = { ...(agreementTerms({ body }) as object), ourAssentAt: 1, theirAssentAt: 2, endedAt: null };
    const standing = terms as unknown as Parameters<typeof agreementInForce>[0];
    expect(
      ['2025-09-30', '2025-10-01', '2026-09-30', '2026-10-01'].map((day) => agreementInForce(standing, day)),
    ).toEqual([false, true, true, false]);
    for (const change of [{ ourAssentAt: null }, { theirAssentAt: null }, { endedAt: 0 }]) {
      expect(agreementInForce({ ...standing, ...change }, '2026-01-01')).toBe(false);
    }
  });
});

describe('assentClaims', () => {
  const { id: record, hash, origin } = issueAs(atlas, draftOf(atlas));
  const agreement = { origin, record, revision: 1, hash };
  const about = { ...agreement, type: 'about' as const };

  it('[REC-5] reads an assent to exactly one revision', () => {
    expect(assentClaims({ body: { decision: 'assent', agreement }, links: [about] })).toEqual({
      decision: 'assent',
      agreement,
    });
    const end = { decision: 'end', agreement, reason: 'انتهت الحاجة' };
    expect(assentClaims({ body: end, links: [about] })).toEqual(end);
  });

  it('[REC-5] refuses one whose link speaks of another revision', () => {
    const other = issueAs(atlas, draftOf(atlas), 'other').hash;
    const refused = { code: 'assent-hash-mismatch' };
    for (const links of [
      [],
      [{ ...about, hash: other }],
      [{ ...about, type: 'part-of' as const }],
      [{ ...about, origin: meridian.id }],
    ]) {
      expect(assentClaims({ body: { decision: 'assent', agreement }, links })).toMatchObject(refused);
    }
  });

  it('[REC-5] refuses another form', () => {
    for (const wrong of [
      { decision: 'maybe' },
      { agreement: null },
      { agreement: { ...agreement, more: 1 } },
      { agreement: { ...agreement, hash: 'x' } },
    ]) {
      const body = { decision: 'assent', agreement, ...wrong };
      expect(assentClaims({ body, links: [about] })).toMatchObject({ code: 'record-body-invalid' });
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { PartnerView } from '#src/features/partners/contract.ts';
import type { Me } from '#src/features/session/contract.ts';
import { UsageError } from './command.ts';
import { speak } from './messages.ts';
import { reportFrom } from './report-options.ts';

const id = 'A'.repeat(43);
const partner = {
  service: { id, code: 'south', names: { ar: 'س', fr: 'Sud', en: 'South' } },
  agreements: [{ title: 'Agreement of the south', inForce: true }],
} as unknown as PartnerView;
const me = { language: 'fr', now: '2026-05-04T10:00:00.000Z' } as Me;

function report(given: { readonly [option: string]: string }, portions: readonly string[] = ['Un', 'Deux', 'Trois']) {
  const values = given as unknown as Parameters<typeof reportFrom>[0];
  return reportFrom(values, { title: portions[0] ?? '', portions, recipients: [partner], me, say: speak('en') });
}

describe('a report from options', () => {
  it('takes the stricter choice wherever none is made', () => {
    const { marking, portions, recipients } = report({ grading: 'B2' });
    expect(marking).toEqual({
      level: 2,
      compartments: [],
      handling: [{ code: 'H1' }, { code: 'H2' }],
      releasableTo: [id],
    });
    expect(portions.every(({ nature }) => nature === 'assessment')).toBe(true);
    expect(recipients).toEqual([id]);
  });

  it('[ACC-01] has no default for the grading', () => {
    expect(() => report({})).toThrow(UsageError);
    expect(report({ grading: 'f6' }).grading).toEqual({ source: 'F', information: '6' });
  });

  it('[ACC-13] is reviewed within a year unless told otherwise', () => {
    expect(report({ grading: 'B2' }).reviewBy).toBe('2027-05-04');
  });

  it('rests on the agreement with the first recipient unless a law is named', () => {
    expect(report({ grading: 'B2' }).legalBasis).toBe('Agreement of the south');
    expect(report({ grading: 'B2', 'legal-basis': 'Art. 9' }).legalBasis).toBe('Art. 9');
  });

  it('[MRK-1] raises single portions, and marks single portions as fact', () => {
    const { portions } = report({ grading: 'B2', 'portion-levels': '2=4', facts: '1,3-3' });
    expect(portions.map(({ marking }) => marking?.level ?? null)).toEqual([null, 4, null]);
    expect(portions.map(({ nature }) => nature)).toEqual(['fact', 'assessment', 'fact']);
    expect(() => report({ grading: 'B2', facts: '1', assessments: '1' })).toThrow(UsageError);
  });

  it('opens to others only when that is said', () => {
    expect(report({ grading: 'B2', 'releasable-to': 'any' }).marking.releasableTo).toBeNull();
    const other = 'B'.repeat(43);
    expect(report({ grading: 'B2', 'releasable-to': other }).marking.releasableTo).toEqual([id, other]);
    expect(() => report({ grading: 'B2', 'releasable-to': 'west' })).toThrow(UsageError);
  });

  it('sees Arabic by its letters, and asks an officer who writes Arabic what other letters are', () => {
    expect(report({ grading: 'B2' }, ['نص عربي فيه كلمة word']).language).toBe('ar');
    expect(report({ grading: 'B2' }).language).toBe('fr');
    const arabic = { title: 'x', portions: ['Some text'], recipients: [partner], say: speak('en') };
    const values = { grading: 'B2' } as unknown as Parameters<typeof reportFrom>[0];
    expect(() => reportFrom(values, { ...arabic, me: { ...me, language: 'ar' } })).toThrow(UsageError);
  });
});

import { describe, expect, it } from 'vitest';
import type { AgreementView, PartnerView } from '../contract.ts';
import { stateOf } from './partner-state.ts';

const at = '2026-11-24T12:00:00.000Z';
const agreement = (own: Partial<AgreementView>): AgreementView => ({
  record: '00000000-0000-7000-8000-000000000000',
  hash: 'h',
  title: 't',
  ceiling: 3,
  compartments: [],
  purposes: [],
  validFrom: '2026-01-01',
  validUntil: '2028-01-01',
  oversightIncluded: false,
  ourAssentAt: null,
  theirAssentAt: null,
  endedAt: null,
  inForce: false,
  ...own,
});
const partner = (agreements: AgreementView[], own: Partial<PartnerView> = {}) =>
  ({ confirmedAt: at, vouchedBy: null, revokedAt: null, agreements, ...own }) as PartnerView;

describe('[ACC-02] where a partner stands', () => {
  it.each([
    ['toConfirm', partner([], { confirmedAt: null })],
    [
      'vouched',
      partner([], { confirmedAt: null, vouchedBy: { id: 'm', code: 'm', names: { ar: '', fr: '', en: '' } } }),
    ],
    ['revoked', partner([agreement({ inForce: true })], { revokedAt: at })],
    ['noAgreement', partner([])],
    ['assentDue', partner([agreement({ theirAssentAt: at })])],
    ['theirAssentDue', partner([agreement({ ourAssentAt: at })])],
    ['inForce', partner([agreement({ ourAssentAt: at, theirAssentAt: at, inForce: true })])],
    ['noAgreement', partner([agreement({ ourAssentAt: at, theirAssentAt: at, endedAt: at })])],
    ['noAgreement', partner([agreement({ ourAssentAt: at, theirAssentAt: at })])],
  ] as const)('%s', (state, given) => expect(stateOf(given)).toBe(state));
});

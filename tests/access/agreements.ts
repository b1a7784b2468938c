import { at, days, type Row, services, uuid } from './names.ts';

/** Partners whose agreement with us differs in one thing; each is given records of every label and purpose. */
interface AgreementOf {
  readonly record?: number;
  readonly revision?: number;
  readonly ceiling: number;
  readonly compartments?: readonly string[];
  readonly purposes?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly ours?: number | null;
  readonly theirs?: number | null;
  readonly ended?: boolean;
  readonly included?: boolean;
}
export const agreementsOf: { readonly [service: string]: readonly AgreementOf[] } = {
  [services.meridian]: [{ ceiling: 2, compartments: ['A'] }],
  [services.sahara]: [{ ceiling: 4, compartments: ['A', 'B'], included: true }],
  [services.unconfirmed]: [{ ceiling: 4 }],
  [services.revoked]: [{ ceiling: 4 }],
  [services.self]: [{ ceiling: 4 }],
  [services.vouched]: [{ ceiling: 4 }],
  [services.vouchedConfirmed]: [{ ceiling: 2 }],
  'ours-missing': [{ ceiling: 2, ours: null, included: true }],
  'theirs-missing': [{ ceiling: 2, theirs: null, included: true }],
  ended: [{ ceiling: 2, ended: true, included: true }],
  'begins-today': [{ ceiling: 2, from: days.today }],
  'begins-tomorrow': [{ ceiling: 2, from: days.after }],
  'last-day': [{ ceiling: 2, until: days.today }],
  'over-since-yesterday': [{ ceiling: 2, until: days.before }],
  'other-purpose': [{ ceiling: 2, purposes: ['justice'] }],
  'newest-by-ours': [
    { ceiling: 0, ours: 5, theirs: 5, included: true },
    { ceiling: 2, ours: 9, theirs: 1 },
  ],
  'newest-by-theirs': [
    { ceiling: 2, ours: 1, theirs: 9, included: true },
    { ceiling: 0, ours: 5, theirs: 5 },
  ],
  'at-one-moment': [
    { ceiling: 0, record: 1 },
    { ceiling: 2, record: 2, included: true },
  ],
  'replaced-by-one-that-is-over': [
    { ceiling: 2, record: 3, revision: 1 },
    { ceiling: 4, record: 3, revision: 2, until: days.before },
  ],
  'replaced-by-lower': [
    { ceiling: 2, record: 4, revision: 1, ours: 9, theirs: 9 },
    { ceiling: 0, record: 4, revision: 2, ours: 1, theirs: 1 },
  ],
  'replaced-without-ours': [
    { ceiling: 2, record: 5, revision: 1 },
    { ceiling: 0, record: 5, revision: 2, ours: null },
  ],
  'replaced-without-theirs': [
    { ceiling: 2, record: 6, revision: 1 },
    { ceiling: 0, record: 6, revision: 2, theirs: null },
  ],
};

export function agreementRow(partner: string, of: AgreementOf, n: number): Row {
  const moment = (second: number | null | undefined) => (second === null ? null : at(second ?? 1));
  return {
    record_id: uuid(2, of.record ?? 100 + n),
    hash: `agreement ${n}`,
    partner,
    ceiling: of.ceiling,
    compartments: of.compartments ?? [],
    purposes: of.purposes ?? ['prevention'],
    valid_from: of.from ?? days.before,
    valid_until: of.until ?? days.after,
    oversight_included: of.included ?? false,
    our_assent_at: moment(of.ours),
    their_assent_at: moment(of.theirs),
    ended_at: of.ended ? at(3) : null,
    ended_by: null,
    revision: of.revision ?? 1,
  };
}

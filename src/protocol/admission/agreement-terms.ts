import { isCalendarDate } from '../calendar.ts';
import type { CalendarDate, ServiceId } from '../primitives.ts';
import { purposes, type VerifiedRecord } from '../record/record.ts';
import { isAscending, isDigest, isInteger, isOneOf } from '../record/shape.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What two services agreed on, as admission and release compare with it. */
export interface AgreementScope {
  /** Highest level of anything exchanged under it. */
  readonly ceiling: number;
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
  readonly validFrom: CalendarDate;
  /** The last day on which it holds. */
  readonly validUntil: CalendarDate;
}
export interface AgreementTerms extends AgreementScope {
  readonly parties: readonly [ServiceId, ServiceId];
  readonly oversightIncluded: boolean;
}
/** The scope and how it stands with each party. */
export interface AgreementStanding extends AgreementScope {
  readonly ourAssentAt: number | null;
  readonly theirAssentAt: number | null;
  readonly endedAt: number | null;
}

/** Reads the terms out of an agreement record; its kind has more to say on the body, this reads what decides. */
export function agreementTerms(record: Pick<VerifiedRecord, 'body'>): AgreementTerms | Refusal {
  const { parties, ceiling, compartments, purposes: allowed, validFrom, validUntil, oversightIncluded } = record.body;
  if (!isTexts(parties) || parties.length !== 2 || !parties.every(isDigest) || parties[0] === parties[1]) {
    return invalid('/parties');
  }
  if (!isInteger(ceiling, 0, 4)) return invalid('/ceiling');
  if (!isTexts(compartments) || !isAscending(compartments.toSorted())) return invalid('/compartments');
  if (!isTexts(allowed) || !allowed.every((purpose) => isOneOf(purpose, purposes))) return invalid('/purposes');
  if (!isCalendarDate(validFrom)) return invalid('/validFrom');
  if (!isCalendarDate(validUntil) || validUntil < validFrom) return invalid('/validUntil');
  if (typeof oversightIncluded !== 'boolean') return invalid('/oversightIncluded');
  const [one, other] = parties as [ServiceId, ServiceId];
  return { parties: [one, other], ceiling, compartments, purposes: allowed, validFrom, validUntil, oversightIncluded };
}

/** ACC-02: assented by both, ended by neither, and `today` within its dates, both included. */
export function agreementInForce(agreement: AgreementStanding, today: CalendarDate): boolean {
  return (
    agreement.ourAssentAt !== null &&
    agreement.theirAssentAt !== null &&
    agreement.endedAt === null &&
    agreement.validFrom <= today &&
    today <= agreement.validUntil
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function invalid(at: string): Refusal {
  return refuse('record-body-invalid', { at });
}

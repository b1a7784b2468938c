/** What agreement and assent records change: the terms between us and a partner (REC-5, ACC-02). */
import type { StoredAgreement, StoreUnit } from '#src/ports/store.ts';
import { agreementTerms } from '#src/protocol/admission/agreement-terms.ts';
import { assentClaims } from '#src/protocol/admission/assent-claims.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';

/**
 * The agreement as it stands after this record; null where the record changes none. To be put after the record is.
 * `isNewest`: the record becomes the current revision. What comes again, or late, speaks of terms that are answered already.
 */
export async function agreementAfter(
  unit: StoreUnit,
  record: VerifiedRecord,
  isNewest: boolean,
  self: ServiceId,
  at: UnixMs,
): Promise<StoredAgreement | Refusal | null> {
  switch (record.kind) {
    case 'agreement':
      return isNewest ? proposed(unit, record, self) : null;
    case 'assent':
      return answered(unit, record, self, at);
    default:
      return null;
  }
}

async function proposed(unit: StoreUnit, record: VerifiedRecord, self: ServiceId): Promise<StoredAgreement | Refusal> {
  const terms = agreementTerms(record);
  if (isRefusal(terms)) return terms;
  const { parties, ...standing } = terms;
  const partner = parties.find((party) => party !== self);
  if (!partner || !parties.includes(self) || !parties.includes(record.origin)) {
    return refuse('record-body-invalid', { at: '/parties' });
  }
  // REC-5: an end is for good; who wants to go on proposes a new agreement.
  const before = await unit.agreement(record.id);
  if (before !== null && before.endedAt !== null) return refuse('agreement-not-in-force', { at: '/revision' });
  // REC-5: a new revision starts without any assent; until both have given it, the one before stays in force.
  const unanswered = { ourAssentAt: null, theirAssentAt: null, endedAt: null, endedBy: null };
  return { ...standing, ...unanswered, record: record.id, hash: record.hash, revision: record.revision, partner };
}

async function answered(
  unit: StoreUnit,
  record: VerifiedRecord,
  self: ServiceId,
  at: UnixMs,
): Promise<StoredAgreement | Refusal> {
  const claims = assentClaims(record);
  if (isRefusal(claims)) return claims;
  const agreement = await unit.agreement(claims.agreement.record);
  if (!agreement || (record.origin !== self && record.origin !== agreement.partner)) {
    return refuse('link-target-unknown', { at: '/agreement' });
  }
  if (claims.decision === 'end') {
    // Either party may end alone, whatever revision it speaks of; an end is final.
    return agreement.endedAt === null ? { ...agreement, endedAt: at, endedBy: record.origin } : agreement;
  }
  if (agreement.hash !== claims.agreement.hash) return refuse('assent-hash-mismatch', { at: '/agreement/hash' });
  return record.origin === self
    ? { ...agreement, ourAssentAt: agreement.ourAssentAt ?? at }
    : { ...agreement, theirAssentAt: agreement.theirAssentAt ?? at };
}

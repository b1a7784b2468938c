import type { StoredAgreement } from '#src/ports/store.ts';
import { labelOf } from '#src/protocol/marking/label.ts';
import { mayHold, type Principal } from '#src/protocol/marking/may-hold.ts';
import type { CalendarDate, RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import type { LabelledDisclosure } from '#src/protocol/record/record.ts';
import type { MemoryState } from './state.ts';

/** What db/policies say of a partner, for tests and the simulator: the labels by `mayHold`, the rest as written there. */
export function disclosuresVisibleTo(
  state: MemoryState,
  partner: ServiceId,
  hash: RecordHash,
  today: CalendarDate,
): LabelledDisclosure[] {
  const record = state.records.get(hash);
  const service = state.services.get(partner);
  if (record?.status !== 'active' || !state.services.get(record.origin)?.isSelf) return [];
  if (!service || service.isSelf || !service.confirmed || service.revoked) return [];
  const release = [...state.releases.values()].find(
    ({ reference, recipient, state }) => reference.hash === hash && recipient === partner && state !== 'refused',
  );
  if (!release) return [];

  // ACC-02: records that make trust travel before there is an agreement
  const foundsTrust = ['service', 'agreement', 'assent'].includes(record.kind) && record.purpose === 'administration';
  const agreement = agreementToday(state, partner, today);
  if (!foundsTrust && !agreement?.purposes.includes(release.purpose)) return [];
  const sees = (label: LabelledDisclosure['label']) => {
    const principal: Principal = foundsTrust
      ? { level: label.level, compartments: label.compartments, service: partner }
      : { level: agreement?.ceiling ?? -1, compartments: agreement?.compartments ?? [], service: partner };
    return mayHold(principal, label);
  };
  return sees(labelOf(record.marking)) ? record.disclosures.filter(({ label }) => sees(label)) : [];
}

/** In force on that day; where there are several, the one assented last. */
export function agreementToday(state: MemoryState, partner: ServiceId, day: CalendarDate): StoredAgreement | null {
  const assented = (agreement: StoredAgreement) =>
    Math.max(agreement.ourAssentAt ?? Number.NaN, agreement.theirAssentAt ?? Number.NaN);
  const inForce = [...state.agreements.values()]
    .filter((agreement) => agreement.partner === partner && agreement.endedAt === null)
    .filter((agreement) => !Number.isNaN(assented(agreement)))
    .filter(({ validFrom, validUntil }) => validFrom <= day && day <= validUntil)
    .filter((agreement) => !isReplaced(state, agreement))
    .sort((one, other) => assented(other) - assented(one) || (one.record < other.record ? 1 : -1));
  return inForce[0] ?? null;
}

/** REC-5: by a newer revision that both assented to. */
function isReplaced(state: MemoryState, agreement: StoredAgreement): boolean {
  return [...state.agreements.values()].some(
    ({ record, revision, ourAssentAt, theirAssentAt }) =>
      record === agreement.record && revision > agreement.revision && ourAssentAt !== null && theirAssentAt !== null,
  );
}

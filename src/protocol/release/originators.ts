import { type PermissionStanding, permissionFor } from '../admission/permission.ts';
import type { Handling } from '../marking/marking.ts';
import type { CalendarDate, ServiceId } from '../primitives.ts';
import type { RecordReference } from '../record/record.ts';

/** A source that a record cites, with the conditions that the source itself came under. */
export interface CitedSource {
  readonly reference: RecordReference;
  readonly handling: readonly Handling[];
}

export interface OnwardQuestion {
  readonly self: ServiceId;
  readonly recipient: ServiceId;
  readonly sources: readonly CitedSource[];
  readonly permissions: readonly PermissionStanding[];
  readonly today: CalendarDate;
}

/**
 * ACC-08, ORCON: whether each originator whose H2 a record of ours inherited permits it to go to this recipient. The
 * originator itself may always have it. A condition whose source we do not cite from its originator nobody can lift.
 */
export function originatorsPermit(handling: readonly Handling[], question: OnwardQuestion): boolean {
  const { self, recipient } = question;
  const originators = new Set(handling.filter(({ code }) => code === 'H2').map(({ originator }) => originator));
  originators.delete(self);
  originators.delete(recipient);
  return [...originators].every((originator) => originatorPermits(originator, question));
}

function originatorPermits(
  originator: ServiceId,
  { self, recipient, sources, permissions, today }: OnwardQuestion,
): boolean {
  const inherited = sources.filter(({ handling }) =>
    handling.some((condition) => condition.code === 'H2' && condition.originator === originator),
  );
  return (
    inherited.length > 0 &&
    inherited.every(({ reference }) => {
      const about = { record: reference.record, hash: reference.hash };
      const need = {
        use: 'onward',
        origin: originator,
        grantee: self,
        onwardTo: recipient,
        purpose: null,
        about,
      } as const;
      return reference.origin === originator && typeof permissionFor(need, permissions, today) !== 'string';
    })
  );
}

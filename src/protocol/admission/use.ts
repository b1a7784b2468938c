import type { Handling } from '../marking/marking.ts';
import type { CalendarDate, RecordId, ServiceId } from '../primitives.ts';
import type { RecordReference } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { CitedSource } from '../release/originators.ts';
import { type PermissionNeed, type PermissionStanding, permissionFor } from './permission.ts';

/** A use beyond reading and acting, which a service enters where it makes it. */
export interface RecordUse {
  readonly use: 'judicial' | 'publication' | 'other-purpose';
  /** With `other-purpose`. */
  readonly purpose: string | null;
}

export interface UsedRecord {
  readonly reference: RecordReference;
  /** The conditions of the record and of every portion that is used. */
  readonly handling: readonly Handling[];
  /** What it cites, as far as it is held here, each with its conditions. */
  readonly sources: readonly CitedSource[];
}

/**
 * ACC-08, ACC-09: whose permission a use rests on. Use in court needs the originator's where H1 says so; publication and
 * another purpose always need it for another's information. A record of our own that draws on others' carries their
 * conditions with it, so each of them is asked about what was drawn on.
 */
export function permissionsNeeded(record: UsedRecord, { use, purpose }: RecordUse, self: ServiceId): PermissionNeed[] {
  const others =
    record.reference.origin === self
      ? record.sources.filter(({ reference }) => reference.origin !== self)
      : [{ reference: record.reference, handling: record.handling }];
  return others
    .filter(({ handling }) => use !== 'judicial' || handling.some(({ code }) => code === 'H1'))
    .map(({ reference: { origin, record: id, hash } }) => {
      return { use, origin, grantee: self, onwardTo: null, purpose, about: { record: id, hash } };
    });
}

/**
 * Whether a use is permitted today, and by which permission records; none where nobody has to be asked. Refusals:
 * `use-not-permitted`, `permission-expired`, `permission-revoked`.
 */
export function permittedUse(
  record: UsedRecord,
  asked: RecordUse,
  permissions: readonly PermissionStanding[],
  here: { readonly self: ServiceId; readonly today: CalendarDate },
): readonly RecordId[] | Refusal {
  const resting: RecordId[] = [];
  for (const need of permissionsNeeded(record, asked, here.self)) {
    const permission = permissionFor(need, permissions, here.today);
    if (typeof permission === 'string') return refuse(permission, { at: '/use' });
    resting.push(permission.permission);
  }
  // ACC-08: an inherited H1 whose source is not cited here is a condition that nobody can be asked to lift.
  const known = new Set([record.reference.origin, ...record.sources.map(({ reference }) => reference.origin)]);
  const stray = record.handling.some(
    ({ code, originator }) => code === 'H1' && originator !== here.self && !known.has(originator),
  );
  return asked.use === 'judicial' && record.reference.origin === here.self && stray
    ? refuse('use-not-permitted', { at: '/use' })
    : resting;
}

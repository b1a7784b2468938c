import { isCalendarDate } from '../calendar.ts';
import type { CalendarDate, RecordHash, RecordId, ServiceId } from '../primitives.ts';
import { isRecordId } from '../record/claims.ts';
import { purposes, type RecordReference, recordLimits, type VerifiedRecord } from '../record/record.ts';
import { isDigest, isInteger, isOneOf } from '../record/shape.ts';
import { type Refusal, type RefusalCode, refuse } from '../refusal.ts';

export const permissionUses = ['judicial', 'onward', 'publication', 'other-purpose'] as const;
export type PermissionUse = (typeof permissionUses)[number];
export const permissionDecisions = ['granted', 'refused', 'revoked'] as const;

/** PRM-1: one permission as its newest revision has it: what its origin decided, whom for, and what it covers. */
export interface PermissionStanding {
  /** The permission record itself. */
  readonly permission: RecordId;
  readonly hash: RecordHash;
  readonly revision: number;
  /** Who gave it: the origin of what it is about. */
  readonly origin: ServiceId;
  readonly use: PermissionUse;
  readonly decision: (typeof permissionDecisions)[number];
  readonly grantee: ServiceId;
  /** With `onward`. */
  readonly onwardTo: ServiceId | null;
  /** The one revision that it is about. */
  readonly about: { readonly record: RecordId; readonly hash: RecordHash };
  /** With `onward`, granted: what may go. */
  readonly digests: readonly string[];
  /** The portions meant; null: all. */
  readonly portions: readonly number[] | null;
  /** With `other-purpose`. */
  readonly purpose: string | null;
  /** With `granted`: the last day. */
  readonly validUntil: CalendarDate | null;
  /** The request that it answers. */
  readonly request: RecordId | null;
}

/**
 * Reads what a permission record decides. Only the origin of the information permits its use, so the record that it is
 * about must be of the permission's own origin, and body and link `about` must name one and the same revision.
 */
export function permissionStanding(
  record: Pick<VerifiedRecord, 'id' | 'hash' | 'revision' | 'origin' | 'body' | 'links'>,
): PermissionStanding | Refusal {
  const { use, decision, grantee, onwardTo, record: about, hash, digests, portions, purpose, validUntil } = record.body;
  if (!isOneOf(use, permissionUses)) return invalid('/use');
  if (!isOneOf(decision, permissionDecisions)) return invalid('/decision');
  if (!isDigest(grantee)) return invalid('/grantee');
  if (!isRecordId(about) || !isDigest(hash)) return invalid('/record');
  if (use === 'onward' ? !isDigest(onwardTo) : onwardTo !== undefined) return invalid('/onwardTo');
  if (!isListOf(digests, isDigest) || (use === 'onward' && decision === 'granted' && digests === undefined)) {
    return invalid('/digests');
  }
  if (!isListOf(portions, isPortionIndex)) return invalid('/portions');
  if (use === 'other-purpose' ? !isOneOf(purpose, purposes) : purpose !== undefined) return invalid('/purpose');
  if (decision === 'granted' ? !isCalendarDate(validUntil) : validUntil !== undefined) return invalid('/validUntil');
  const named = record.links.filter((link) => link.type === 'about');
  const isLinked =
    named.length === 1 &&
    named.every((link) => link.record === about && link.hash === hash && link.origin === record.origin);
  const requests = record.links.filter((link) => link.type === 'replies-to');
  // It answers whoever asked, who is the one that it permits.
  const isAsked = requests.length <= 1 && requests.every((link) => link.origin === grantee);
  if (!isLinked || !isAsked) return refuse('link-target-unknown', { at: '/links' });
  return {
    permission: record.id,
    hash: record.hash,
    revision: record.revision,
    origin: record.origin,
    use,
    decision,
    grantee,
    onwardTo: (onwardTo as ServiceId | undefined) ?? null,
    about: { record: about, hash },
    digests: digests ?? [],
    portions: portions ?? null,
    purpose: (purpose as string | undefined) ?? null,
    validUntil: (validUntil as CalendarDate | undefined) ?? null,
    request: requests[0]?.record ?? null,
  };
}

/** PRM-1: granted, not revoked, and `today` not after its last day. */
export function permissionInForce(permission: PermissionStanding, today: CalendarDate): boolean {
  return permission.decision === 'granted' && permission.validUntil !== null && today <= permission.validUntil;
}

/** Whether two permissions, or a need and a permission, are about the same use by the same service of the same revision. */
export interface PermissionNeed {
  readonly use: PermissionUse;
  readonly origin: ServiceId;
  readonly grantee: ServiceId;
  readonly onwardTo: ServiceId | null;
  readonly purpose: string | null;
  readonly about: Pick<RecordReference, 'record' | 'hash'>;
}

/**
 * The permission that covers a need today, or why none does. Of several in force the one that covers most; where none is,
 * the newest says why: one that was revoked or has expired tells more than that there is none.
 */
export function permissionFor(
  need: PermissionNeed,
  permissions: readonly PermissionStanding[],
  today: CalendarDate,
): PermissionStanding | RefusalCode {
  const fitting = permissions.filter((each) => fits(each, need));
  const inForce = fitting.filter((each) => permissionInForce(each, today));
  const [widest] = inForce.toSorted((one, other) => other.digests.length - one.digests.length);
  if (widest !== undefined) return widest;
  if (fitting.some(({ decision }) => decision === 'revoked')) return 'permission-revoked';
  if (fitting.some(({ decision }) => decision === 'granted')) return 'permission-expired';
  return need.use === 'onward' ? 'onward-not-permitted' : 'use-not-permitted';
}

function fits(permission: PermissionStanding, need: PermissionNeed): boolean {
  return (
    permission.use === need.use &&
    permission.origin === need.origin &&
    permission.grantee === need.grantee &&
    permission.onwardTo === need.onwardTo &&
    permission.purpose === need.purpose &&
    permission.about.record === need.about.record &&
    permission.about.hash === need.about.hash
  );
}

function isPortionIndex(value: unknown): value is number {
  return isInteger(value, 0, recordLimits.portionsMax - 1);
}
function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is readonly T[] | undefined {
  return value === undefined || (Array.isArray(value) && value.length > 0 && value.every(is));
}
function invalid(at: string): Refusal {
  return refuse('record-body-invalid', { at });
}

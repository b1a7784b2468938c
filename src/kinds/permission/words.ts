/** The closed lists of the kinds `permission-request` and `permission`, apart from their schemas for the screen's sake. */

export {
  type PermissionUse,
  permissionDecisions,
  permissionUses,
} from '#src/protocol/admission/permission.ts';

/** Why a permission is refused or revoked. */
export const permissionGrounds = [
  'source-protection',
  'ongoing-operation',
  'national-security',
  'third-party-information',
  'fundamental-rights',
  'not-necessary',
  'information-corrected',
  'trust-ended',
] as const;
export type PermissionGround = (typeof permissionGrounds)[number];

import type { Handlers } from '../../handlers.ts';
import type { keys } from '../contract.ts';
import { type OwnKeysDeps, ownKeyRoutes } from './own-keys.ts';
import { type PartnerKeysDeps, partnerKeyRoutes } from './partner-keys.ts';
import { type RecoveryDeps, recoveryRoutes } from './recovery.ts';
import { type RevokePartnerDeps, revokePartnerRoutes } from './revoke-partner.ts';

export type KeysDeps = OwnKeysDeps & PartnerKeysDeps & RevokePartnerDeps & RecoveryDeps;

export function keysRoutes(deps: KeysDeps): Handlers<typeof keys> {
  return { ...ownKeyRoutes(deps), ...partnerKeyRoutes(deps), ...revokePartnerRoutes(deps), ...recoveryRoutes(deps) };
}

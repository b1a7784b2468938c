/** What may be done about a partner now: listed to the screen, and refused to whoever does what is not listed. */
import type { Tx } from '#src/ports/database.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { type Ability, may } from './abilities.ts';

const needs = {
  confirm: 'confirm-partner',
  'propose-agreement': 'agree',
  // EXC-4: officers of both services have spoken.
  'resume-link': 'confirm-partner',
  revoke: 'revoke-partner',
} as const satisfies { readonly [act: string]: Ability };
export type PartnerAct = keyof typeof needs;
export const partnerActs = Object.keys(needs) as readonly PartnerAct[];

export interface PartnerStanding {
  readonly isRevoked: boolean;
  readonly isConfirmed: boolean;
  readonly isStopped: boolean;
}

export function problemOfPartnerAct(
  act: PartnerAct,
  { isRevoked, isConfirmed, isStopped }: PartnerStanding,
  role: OfficerRole,
): Refusal | null {
  if (!may(role, needs[act])) return refuse('not-allowed');
  // KEY-1: trust that has ended does not come back.
  if (isRevoked) return refuse('already-decided');
  if (act === 'confirm') return isConfirmed ? refuse('already-decided') : null;
  if (act === 'propose-agreement') return isConfirmed ? null : refuse('peer-unconfirmed');
  if (act === 'resume-link') return isStopped ? null : refuse('already-decided');
  return null;
}

/** Why the caller may not do this now; a service that is no partner is not found. */
export async function refusedPartnerAct(
  tx: Tx,
  act: PartnerAct,
  partner: ServiceId,
  role: OfficerRole,
): Promise<Refusal | null> {
  const row = await tx
    .selectFrom('service')
    .leftJoin('link', 'link.peer', 'service.id')
    .select(['service.revoked_at', 'service.confirmed_at', 'link.state'])
    .where('service.id', '=', partner)
    .where('service.is_self', '=', false)
    .executeTakeFirst();
  if (row === undefined) return refuse('not-found');
  const { revoked_at, confirmed_at, state } = row;
  const standing = {
    isRevoked: revoked_at !== null,
    isConfirmed: confirmed_at !== null,
    isStopped: state?.status === 'stopped',
  };
  return problemOfPartnerAct(act, standing, role);
}

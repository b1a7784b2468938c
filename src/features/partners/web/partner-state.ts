import type { PartnerView } from '../contract.ts';

/** Where a partner stands on the way from its card to an agreement in force. */
export type PartnerState =
  | 'revoked'
  | 'vouched'
  | 'toConfirm'
  | 'inForce'
  | 'assentDue'
  | 'theirAssentDue'
  | 'noAgreement';

export function stateOf(partner: PartnerView): PartnerState {
  if (partner.revokedAt !== null) return 'revoked';
  if (partner.confirmedAt === null) return partner.vouchedBy === null ? 'toConfirm' : 'vouched';
  const standing = partner.agreements.filter(({ endedAt }) => endedAt === null);
  if (standing.some(({ inForce }) => inForce)) return 'inForce';
  if (standing.some(({ ourAssentAt }) => ourAssentAt === null)) return 'assentDue';
  if (standing.some(({ theirAssentAt }) => theirAssentAt === null)) return 'theirAssentDue';
  return 'noAgreement';
}

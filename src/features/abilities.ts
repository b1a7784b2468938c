/**
 * What each role may do, stated once. What a role may *see* is not decided here but by row-level security alone.
 * `compose`: write a report and give it to its first recipients. `release`: give any record of the service to further ones.
 * ACC-21: oversight reads all and changes nothing. ACC-22: administrators run the node and read no content.
 */
import type { OfficerRole } from '#src/ports/tables.ts';

export const abilities = [
  'compose',
  'release',
  'decide',
  'report-outcome',
  'assign-desk',
  'ask-permission',
  'permit',
  'use',
  'correct',
  'answer-correction',
  'request',
  'answer-request',
  'agree',
  'bundles',
  'keys',
  'revoke-partner',
  'partners',
  'confirm-partner',
  'add-partner',
  'officers',
  'oversight',
] as const;
export type Ability = (typeof abilities)[number];

/** What the bureaus that act on information may do with it. */
const acting = [
  'compose',
  'decide',
  'report-outcome',
  'assign-desk',
  'ask-permission',
  'use',
  'answer-correction',
  'request',
  'answer-request',
] as const satisfies readonly Ability[];
/** And what those may do who speak for the service to others. */
const speaking = [...acting, 'release', 'permit', 'correct', 'bundles', 'partners', 'confirm-partner'] as const;

const abilitiesOf: { readonly [R in OfficerRole]: readonly Ability[] } = {
  liaison: speaking,
  analyst: ['compose', 'request'],
  'case-officer': acting,
  director: [...speaking, 'agree', 'revoke-partner'],
  oversight: ['oversight', 'partners'],
  administrator: ['officers', 'partners', 'add-partner', 'confirm-partner', 'bundles', 'keys'],
};

export function may(role: OfficerRole, ability: Ability): boolean {
  return abilitiesOf[role].includes(ability);
}

export function abilitiesOfRole(role: OfficerRole): readonly Ability[] {
  return abilitiesOf[role];
}

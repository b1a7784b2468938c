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
  'agree',
  'partners',
  'confirm-partner',
  'add-partner',
  'officers',
  'oversight',
] as const;
export type Ability = (typeof abilities)[number];

const abilitiesOf: { readonly [R in OfficerRole]: readonly Ability[] } = {
  liaison: ['compose', 'release', 'decide', 'report-outcome', 'assign-desk', 'partners', 'confirm-partner'],
  analyst: ['compose'],
  'case-officer': ['compose', 'decide', 'report-outcome', 'assign-desk'],
  director: ['compose', 'release', 'decide', 'report-outcome', 'assign-desk', 'agree', 'partners', 'confirm-partner'],
  oversight: ['oversight', 'partners'],
  administrator: ['officers', 'partners', 'add-partner', 'confirm-partner'],
};

export function may(role: OfficerRole, ability: Ability): boolean {
  return abilitiesOf[role].includes(ability);
}

export function abilitiesOfRole(role: OfficerRole): readonly Ability[] {
  return abilitiesOf[role];
}

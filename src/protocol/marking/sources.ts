import { type Refusal, refuse } from '../refusal.ts';
import { isAtLeast, joinMarkings } from './inherit.ts';
import type { Marking } from './marking.ts';

/**
 * MRK-1: the marking of a record that draws on sources which together demand `floor`. Their conditions of use go with it
 * by themselves, each in its originator's name, for no author may drop another's; the rest its author has to set, so that
 * nobody is surprised by what the own record has become.
 */
export function markingOverSources(own: Marking, floor: Marking): Marking | Refusal {
  const marking = joinMarkings([own, { level: 0, compartments: [], handling: floor.handling, releasableTo: 'any' }]);
  return isAtLeast(marking, floor) ? marking : refuse('marking-below-sources', { at: '/marking' });
}

import type { Marking, SecurityLabel } from './marking.ts';

export function labelOf(marking: Marking): SecurityLabel {
  return { level: marking.level, compartments: marking.compartments, releasableTo: marking.releasableTo };
}

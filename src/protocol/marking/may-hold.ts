import type { ServiceId } from '../primitives.ts';
import type { SecurityLabel } from './marking.ts';

/** Someone who reads: an officer of the holding service, or, with `service`, a partner service. */
export interface Principal {
  readonly level: number;
  readonly compartments: readonly string[];
  readonly service?: ServiceId;
}

/** The access policy on labels. The database states the same in SQL, and a property test proves the two equal. */
export function mayHold(principal: Principal, label: SecurityLabel): boolean {
  return (
    principal.level >= label.level &&
    label.compartments.every((compartment) => principal.compartments.includes(compartment)) &&
    (principal.service === undefined || label.releasableTo === 'any' || label.releasableTo.includes(principal.service))
  );
}

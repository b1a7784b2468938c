import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { EngineDeps } from './deps.ts';

/** Where a message stood: whose batch it came in, in the sender's numbering. */
export interface Place {
  readonly peer: ServiceId;
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
  /** 1, 2, 3 … within a letter, absent outside one. Who carried it could not read it, so no refusal goes back to it. */
  readonly within?: number;
}

/** What taking a message needs of this node: who we are, the time, and the means to answer whoever must be answered. */
export interface Here
  extends Pick<EngineDeps, 'keyring' | 'sealer' | 'primitives' | 'randomBytes' | 'onFault' | 'newToday'> {
  readonly self: ServiceId;
  readonly at: UnixMs;
}

export function hereOf(deps: EngineDeps, at: UnixMs): Here {
  const { keyring, sealer, primitives, randomBytes, onFault, newToday } = deps;
  const self = keyring.identity.service;
  return { self, keyring, sealer, primitives, randomBytes, onFault, at, ...(newToday && { newToday }) };
}

import type { Peer } from './peer.ts';

/** One thing that a node must do, seen from outside. */
export interface Check {
  /** The rule of spec/protocol.md or spec/accountability.md. */
  readonly rule: string;
  readonly says: string;
  /** Throws where the node does otherwise. */
  readonly run: (peer: Peer) => Promise<void>;
}

export const check = (rule: string, says: string, run: (peer: Peer) => Promise<void>): Check => ({ rule, says, run });

/** The node did something else than the specification says. */
export class NotConformant extends Error {
  override readonly name = 'NotConformant';
}

export function mustBe(got: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (one !== other) throw new NotConformant(`${what}: ${one}, and not ${other}`);
}

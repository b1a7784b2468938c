import type { StoreUnit } from '#src/ports/store.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';

/** Thrown, so that the unit in which a record was to be issued leaves nothing; becomes its refusal at the door. */
export class NodeRecovering extends Error {
  readonly refusal: Refusal = refuse('node-recovering');
  constructor() {
    super('this node was restored and issues nothing until its partners have returned what they hold of it');
    this.name = 'NodeRecovering';
  }
}

/** EXC-4: called by whatever issues or revises a record of our own. Throws `NodeRecovering`. */
export async function mustNotBeRecovering(unit: StoreUnit): Promise<void> {
  if ((await unit.recovery()) !== null) throw new NodeRecovering();
}

import type { ServiceId } from '#src/protocol/primitives.ts';
import type { SimNode } from './node.ts';

/** What is refused only because of something that this node may have lost waits for this. */
export const waitsForRecovery = 'recovery';

export function isRecovering({ disk }: SimNode): boolean {
  for (const _ of disk.recovery.values()) return true;
  return false;
}

/** Whether what an arriving message builds on may be something that this node has lost. */
export function mayLackSomething(node: SimNode, peer: ServiceId): boolean {
  const state = node.disk.link(peer);
  // over a link that stopped no answer will come
  return isRecovering(node) || (state?.status === 'open' && state.out.asking !== null);
}

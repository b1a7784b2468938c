import type { HolderView } from '../contract.ts';

type Service = HolderView['service'];

/** A service on the way of a record's copies. `holder` is null where it only stands between. */
export interface HolderNode {
  readonly service: Service;
  readonly holder: HolderView | null;
  readonly below: readonly HolderNode[];
}

interface Growing {
  readonly service: Service;
  holder: HolderView | null;
  readonly below: Map<string, Growing>;
}

/** REL-3: the holders as they got their copies from each other; a relay of which nothing else is known has its place too. */
export function holderTree(holders: readonly HolderView[]): readonly HolderNode[] {
  const top = new Map<string, Growing>();
  for (const holder of holders) {
    const path: readonly Service[] = [...holder.via, holder.service];
    let level = top;
    let at: Growing | undefined;
    for (const service of path) {
      at = level.get(service.id) ?? { service, holder: null, below: new Map() };
      level.set(service.id, at);
      level = at.below;
    }
    if (at) at.holder = holder;
  }
  return settled(top);
}

const settled = (level: ReadonlyMap<string, Growing>): readonly HolderNode[] =>
  [...level.values()].map(({ service, holder, below }) => ({ service, holder, below: settled(below) }));

/** How many of these are below, at any depth. */
export const countHolders = (nodes: readonly HolderNode[]): number =>
  nodes.reduce((sum, { holder, below }) => sum + (holder ? 1 : 0) + countHolders(below), 0);

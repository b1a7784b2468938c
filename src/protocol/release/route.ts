import type { ServiceId } from '../primitives.ts';

/** The way to a service: through these relays, the nearest to us first; with none of them, directly. */
export interface Route {
  readonly relays: readonly ServiceId[];
}

/** What a node knows of who holds through whom: the only ways that letters take (EXC-5). */
export interface WaysKnown {
  /** Confirmed, unrevoked partners: whom we reach directly. */
  readonly partners: ReadonlySet<ServiceId>;
  /** Downstream: by holder, through whom it was given what we know it to hold; the best known first. */
  readonly vias: ReadonlyMap<ServiceId, readonly ServiceId[]>;
  /** Upstream: from whom we have records of the service that is to be reached, the latest first. */
  readonly sources: readonly ServiceId[];
}

/** ADM-2: relays on one way, so letters within one another. */
export const relaysMax = 8;

/**
 * How a service is reached, by holder facts alone. A partner directly. Downstream, as the origin of what it holds, along
 * the tree of holders, each relay named. Upstream by the one from whom we have its records: who comes next on the way to
 * an origin, each relay knows for itself. Null where no way is known.
 */
export function routeOf(service: ServiceId, known: WaysKnown): Route | null {
  if (known.partners.has(service)) return { relays: [] };
  const downstream = treeWay(service, known);
  if (downstream !== null) return { relays: downstream };
  const source = known.sources.find((each) => known.partners.has(each));
  return source === undefined ? null : { relays: [source] };
}

/** Breadth first, so the shortest way is found, and a circle among the holders ends. */
function treeWay(service: ServiceId, { partners, vias }: WaysKnown): readonly ServiceId[] | null {
  const seen = new Set([service]);
  let ways: (readonly ServiceId[])[] = [[]];
  for (let relays = 0; relays < relaysMax; relays++) {
    const longer: (readonly ServiceId[])[] = [];
    for (const way of ways) {
      for (const via of vias.get(way[0] ?? service) ?? []) {
        if (seen.has(via)) continue;
        seen.add(via);
        if (partners.has(via)) return [via, ...way];
        longer.push([via, ...way]);
      }
    }
    ways = longer;
  }
  return null;
}

/** What decides whether a letter of one peer to another service is ours to carry. */
export interface CarryingKnown {
  readonly partners: ReadonlySet<ServiceId>;
  /** Whether the peer holds from us records of the service that it writes to. */
  readonly gaveRecordsOf: boolean;
  /** Whether the service that is written to holds from us records that we have from the peer. */
  readonly gaveRecordsFrom: boolean;
}

/**
 * EXC-5: through whom a letter of this peer goes on to `to`; null: it is not ours to carry. Only between services that
 * hold through us, so nobody can use a node as an open relay; and never back where it came from.
 */
export function carryOn(
  peer: ServiceId,
  to: ServiceId,
  route: Route | null,
  { partners, gaveRecordsOf, gaveRecordsFrom }: CarryingKnown,
): ServiceId | null {
  if (to === peer || route === null) return null;
  const next = route.relays[0] ?? to;
  if (next === peer || !partners.has(next)) return null;
  const upstream = gaveRecordsOf;
  const downstream = gaveRecordsFrom && route.relays.length === 0;
  return upstream || downstream ? next : null;
}

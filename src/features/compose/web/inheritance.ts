import type { MarkingView } from '#src/features/contract.ts';
import { type Draft, levels, paps, tlps } from './draft.ts';

/** The least that a report's marking may be, as a draft says it (MRK-1). */
export type Floor = Pick<Draft, 'level' | 'compartments' | 'tlp' | 'pap' | 'onlyFor'>;

export function floorOf(marking: MarkingView): Floor {
  return {
    level: levels.find((level) => level === marking.level) ?? 4,
    compartments: marking.compartments,
    tlp: tlps.find((one) => one === marking.tlp) ?? '',
    pap: paps.find((one) => one === marking.pap) ?? '',
    onlyFor: marking.releasableTo?.map(({ id }) => id) ?? null,
  };
}

/** The stricter of two labels; the lists begin with the strictest. */
function stricter<L extends string>(order: readonly L[], one: L | '', other: L | ''): L | '' {
  return order.find((label) => label === one || label === other) ?? '';
}

const same = (one: readonly string[] | null, other: readonly string[] | null) =>
  one === null || other === null ? one === other : one.length === other.length && one.every((id) => other.includes(id));

/** What must change in a draft so that it stands nowhere below its floor; null where it does already. */
export function raisedTo(floor: Floor, draft: Draft): Partial<Draft> | null {
  const missing = floor.compartments.filter((compartment) => !draft.compartments.includes(compartment));
  const tlp = stricter(tlps, floor.tlp, draft.tlp);
  const pap = stricter(paps, floor.pap, draft.pap);
  const change: Partial<Draft> = {
    ...(draft.level < floor.level ? { level: floor.level } : {}),
    ...(missing.length > 0 ? { compartments: [...draft.compartments, ...missing] } : {}),
    ...(tlp === draft.tlp ? {} : { tlp }),
    ...(pap === draft.pap ? {} : { pap }),
    ...(same(draft.onlyFor, floor.onlyFor) ? {} : { onlyFor: floor.onlyFor }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

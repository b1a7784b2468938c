import {
  type Handling,
  type Level,
  type Marking,
  type Pap,
  papLabels,
  type ReleasableTo,
  type Tlp,
  tlpLabels,
} from './marking.ts';

/**
 * MRK-1: what is derived from several things demands at least what each of them demands. Level, TLP and PAP by the
 * strictest, compartments and handling by union, releasable-to by intersection. The join of nothing demands nothing.
 * Lists come out sorted and without repeats: the normal form that a signed record must have.
 */
export function joinMarkings(markings: readonly Marking[]): Marking {
  const tlp = strictest(tlpLabels, markings, (marking) => marking.tlp);
  const pap = strictest(papLabels, markings, (marking) => marking.pap);
  return {
    level: markings.reduce<Level>((level, marking) => (marking.level > level ? marking.level : level), 0),
    compartments: [...new Set(markings.flatMap((marking) => marking.compartments))].sort(),
    handling: joinHandling(markings.flatMap((marking) => marking.handling)),
    releasableTo: markings.reduce<ReleasableTo>((all, marking) => intersect(all, marking.releasableTo), 'any'),
    ...(tlp !== undefined && { tlp }),
    ...(pap !== undefined && { pap }),
  };
}

/** MRK-1: whether `marking` demands everything that `floor` does. */
export function isAtLeast(marking: Marking, floor: Marking): boolean {
  const handling = new Set(marking.handling.map(handlingKey));
  return (
    marking.level >= floor.level &&
    floor.compartments.every((compartment) => marking.compartments.includes(compartment)) &&
    floor.handling.every((condition) => handling.has(handlingKey(condition))) &&
    isWithin(marking.releasableTo, floor.releasableTo) &&
    rank(tlpLabels, marking.tlp) <= rank(tlpLabels, floor.tlp) &&
    rank(papLabels, marking.pap) <= rank(papLabels, floor.pap)
  );
}

/** Sorts alike and tells apart what differs in code, originator or note. U+0000 occurs in no part of a record. */
export function handlingKey(handling: Handling): string {
  return `${handling.code}\0${handling.originator}\0${handling.note ?? ''}`;
}

function joinHandling(handling: readonly Handling[]): readonly Handling[] {
  const byKey = new Map(handling.map((condition) => [handlingKey(condition), condition]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as Handling);
}

function intersect(one: ReleasableTo, other: ReleasableTo): ReleasableTo {
  if (one === 'any') return other === 'any' ? 'any' : [...new Set(other)].sort();
  return other === 'any' ? one : one.filter((service) => other.includes(service));
}

function isWithin(inner: ReleasableTo, outer: ReleasableTo): boolean {
  if (outer === 'any') return true;
  return inner !== 'any' && inner.every((service) => outer.includes(service));
}

/** Position in a list that runs from strict to open; a label that is absent demands least of all. */
function rank<L extends Tlp | Pap>(labels: readonly L[], label: L | undefined): number {
  return label === undefined ? labels.length : labels.indexOf(label);
}

function strictest<L extends Tlp | Pap>(
  labels: readonly L[],
  markings: readonly Marking[],
  of: (marking: Marking) => L | undefined,
): L | undefined {
  return labels[markings.reduce((least, marking) => Math.min(least, rank(labels, of(marking))), labels.length)];
}

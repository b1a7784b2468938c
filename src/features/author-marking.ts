/** Markings as authors ask for them, and as they are stored. */
import type { Selectable } from 'kysely';
import type { RecordRevisionTable } from '#src/ports/tables.ts';
import type { Level, Marking, Pap, ReleasableTo, Tlp } from '#src/protocol/marking/marking.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { MarkingInput } from './contract.ts';
import type { SignedInOfficer } from './handlers.ts';

export function markingOf(input: MarkingInput, originator: ServiceId): Marking {
  const { handling, releasableTo, ...rest } = input;
  return {
    ...rest,
    handling: handling.map((condition) => ({ ...condition, originator })),
    releasableTo: releasableTo ?? 'any',
  };
}

type StoredMarking = Pick<Selectable<RecordRevisionTable>, 'level' | 'compartments' | 'handling' | 'tlp' | 'pap'>;

/** The own marking of a kept revision. Who may have it beside us its copy does not say, if it came from a partner. */
export function markingOfRevision(row: StoredMarking, releasableTo: ReleasableTo): Marking {
  return {
    // The tables' own constraint keeps the level within 0 to 4; the two labels were verified before they were stored.
    level: row.level as Level,
    compartments: row.compartments,
    handling: row.handling,
    releasableTo,
    ...(row.tlp !== null && { tlp: row.tlp as Tlp }),
    ...(row.pap !== null && { pap: row.pap as Pap }),
  };
}

/** MRK-1: an author marks nothing above the own clearance, for nobody could read it to correct it. */
export function aboveClearance(markings: readonly Marking[], author: SignedInOfficer): Refusal | null {
  const isCleared = markings.every(
    ({ level, compartments }) =>
      level <= author.clearance && compartments.every((name) => author.compartments.includes(name)),
  );
  return isCleared ? null : refuse('above-own-clearance', { at: '/marking' });
}

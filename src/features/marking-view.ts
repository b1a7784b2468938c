import type { Handling } from '#src/protocol/marking/marking.ts';
import type { MarkingView } from './contract.ts';
import type { Briefs } from './service-briefs.ts';

/** A marking as it is stored: `releasable` null for any partner, else a list of services. */
export interface StoredMarking {
  readonly level: number;
  readonly compartments: readonly string[];
  readonly releasable: readonly string[] | null;
  readonly handling: readonly Handling[];
  readonly tlp?: string | null;
  readonly pap?: string | null;
}

export function markingView(marking: StoredMarking, briefs: Briefs): MarkingView {
  const { level, compartments, releasable, handling, tlp, pap } = marking;
  return {
    level,
    compartments: [...compartments],
    handling: handling.map(({ code, originator, note }) => ({
      code,
      originator: briefs(originator),
      ...(note !== undefined && { note }),
    })),
    releasableTo: releasable === null ? null : releasable.map(briefs),
    ...(tlp != null && { tlp }),
    ...(pap != null && { pap }),
  };
}

import type { MarkingInput } from '#src/features/contract.ts';

/** A marking while it is being chosen. Whom it may reach is asked elsewhere. */
export interface MarkingDraft {
  readonly level: MarkingInput['level'];
  readonly compartments: readonly string[];
  readonly notInCourt: boolean;
  readonly notOnward: boolean;
  readonly condition: string;
}

/** Originator control is the default: who wants to give more freely says so. */
export const newMarking = (level: MarkingInput['level'], compartments: readonly string[] = []): MarkingDraft => ({
  level,
  compartments,
  notInCourt: true,
  notOnward: true,
  condition: '',
});

/** `releasableTo`: null for every partner whose agreement covers it. */
export function markingInputOf(draft: MarkingDraft, releasableTo: readonly string[] | null): MarkingInput {
  const handling: MarkingInput['handling'] = [];
  if (draft.notInCourt) handling.push({ code: 'H1' });
  if (draft.notOnward) handling.push({ code: 'H2' });
  if (draft.condition.trim() !== '') handling.push({ code: 'H3', note: draft.condition.trim() });
  return {
    level: draft.level,
    compartments: [...draft.compartments],
    // ACC-01: freedom is a handling too, and is said.
    handling: handling.length > 0 ? handling : [{ code: 'H0' }],
    releasableTo: releasableTo && [...releasableTo],
  };
}

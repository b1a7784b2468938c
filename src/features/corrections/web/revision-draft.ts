import type { MarkingInput, MarkingView } from '#src/features/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import type { RevisionInput } from '../contract.ts';
import type { WholeWhy } from './why.ts';

/** A portion as it is being corrected. `was`: as it stands now; null for a new one. */
export interface RevisedPortion {
  readonly key: string;
  readonly text: string;
  readonly nature: 'fact' | 'assessment';
  readonly marking: MarkingInput | null;
  readonly was: RecordView['portions'][number] | null;
  readonly dropped: boolean;
}
export interface RevisionDraft {
  readonly title: string;
  readonly source: string;
  readonly information: string;
  readonly portions: readonly RevisedPortion[];
}

export function revisionDraft(record: RecordView): RevisionDraft {
  return {
    title: record.title ?? '',
    source: record.grading?.source ?? '',
    information: record.grading?.information ?? '',
    portions: record.portions.map((portion) => ({
      key: String(portion.index),
      text: portion.text,
      nature: portion.nature === 'assessment' ? 'assessment' : 'fact',
      marking: markingInputOf(portion.marking, record.origin.id),
      was: portion,
      dropped: false,
    })),
  };
}

/** A shown marking as an officer would give it; codes of other originators go along by themselves (MRK-1). */
export function markingInputOf(marking: MarkingView, self: string): MarkingInput {
  const handling = marking.handling
    .filter(({ originator }) => originator.id === self)
    .map(({ code, note }) => ({ code, ...(note === undefined ? {} : { note }) }));
  return {
    level: marking.level,
    compartments: [...marking.compartments],
    handling,
    releasableTo: marking.releasableTo?.map(({ id }) => id) ?? null,
    ...(marking.tlp === undefined ? {} : { tlp: marking.tlp }),
    ...(marking.pap === undefined ? {} : { pap: marking.pap }),
    // The view's words are those that a node checked on the way in; their types are wider only on the wire.
  } as MarkingInput;
}

const kept = (draft: RevisionDraft) => draft.portions.filter(({ dropped, text }) => !dropped && text.trim() !== '');

/** Something differs from what is signed. */
export function isRevised(draft: RevisionDraft, record: RecordView): boolean {
  const now = revisionDraft(record);
  const telling = ({ title, source, information, portions }: RevisionDraft) =>
    JSON.stringify([title, source, information, portions.map(({ text, nature }) => [text, nature])]);
  return telling({ ...draft, portions: kept(draft) }) !== telling(now);
}

/** The new revision as it will be signed, or null while its title or its whole text is missing. */
export function revisionInput(draft: RevisionDraft, why: WholeWhy, isGraded: boolean): RevisionInput | null {
  const portions = kept(draft);
  if (draft.title.trim() === '' || portions.length === 0) return null;
  return {
    ...why,
    title: draft.title.trim(),
    // The lists of the form hold only these values.
    grading: isGraded ? ({ source: draft.source, information: draft.information } as RevisionInput['grading']) : null,
    portions: portions.map(({ text, nature, marking }) => ({ text, nature, marking })),
  };
}

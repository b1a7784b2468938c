import type { AnswerRefusalGround, AnswerState } from '#src/kinds/request/words.ts';
import { type GradingDraft, gradingOf } from '#src/web/marking/grading-fields.tsx';
import { type MarkingDraft, markingInputOf } from '#src/web/marking/marking-draft.ts';
import type { AnswerInput } from '../contract.ts';

export interface AnswerDraft {
  readonly answer: AnswerState;
  readonly ground: AnswerRefusalGround | '';
  /** Whether the rest of a partial answer is announced, and by which day; null while what is typed is no day. */
  readonly restAwaited: boolean;
  readonly restBy: string | null;
  readonly text: string;
  readonly nature: 'fact' | 'assessment';
  readonly grading: GradingDraft;
  /** Null: as the request is marked. */
  readonly marking: MarkingDraft | null;
}

/** ACC-01: what informs is graded. */
export const informs = (answer: AnswerState): boolean => answer === 'full' || answer === 'partial';
/** The answers that are empty without words. */
export const needsText = (answer: AnswerState): boolean => informs(answer) || answer === 'clarification-needed';

/** The answer as it will be signed, only with what belongs to it; null while something is missing. */
export function answerInputOf(draft: AnswerDraft): AnswerInput | null {
  const { answer } = draft;
  const hasText = draft.text.trim() !== '';
  if (needsText(answer) && !hasText) return null;
  if (answer === 'refused' && draft.ground === '') return null;
  const rest = answer === 'partial' && draft.restAwaited;
  if (rest && draft.restBy === null) return null;
  const grading = informs(answer) ? gradingOf(draft.grading) : null;
  if (informs(answer) && grading === null) return null;
  return {
    answer,
    ...(answer === 'refused' && draft.ground !== '' ? { ground: draft.ground } : {}),
    ...(rest && draft.restBy !== null ? { restBy: draft.restBy } : {}),
    ...(hasText ? { text: draft.text, nature: draft.nature } : {}),
    ...(grading ? { grading } : {}),
    marking: draft.marking && markingInputOf(draft.marking, null),
  };
}

import type { correctionAnswers, correctionRefusalGrounds } from '#src/kinds/correction/words.ts';
import { reliedOnStages } from '#src/kinds/correction/words.ts';
import type { CorrectionAnswerInput, CorrectionView } from '../contract.ts';

type Answer = (typeof correctionAnswers)[number];
export type Stage = (typeof reliedOnStages)[number];
export type RefusalGround = (typeof correctionRefusalGrounds)[number];

const caseCharactersMax = 200;

/** COR-2: what can be answered to each change; the expected answer first. */
export const answersTo: { readonly [C in CorrectionView['change']]: readonly Answer[] } = {
  corrected: ['replaced', 'relied-on', 'refused'],
  withdrawn: ['quarantined', 'relied-on', 'refused'],
  erased: ['erased', 'quarantined', 'relied-on', 'refused'],
};

export interface AnswerDraft {
  readonly answer: Answer;
  readonly case: string;
  readonly stage: Stage;
  readonly ground: RefusalGround | '';
  readonly explanation: string;
}

/** Where uses of the record are entered here, the answer begins as relied on, in those cases, at the furthest stage. */
export function answerDraft({ change, reliedOn }: Pick<CorrectionView, 'change' | 'reliedOn'>): AnswerDraft {
  const stages = reliedOnStages.filter((stage) => reliedOn.some((use) => use.stage === stage));
  return {
    answer: reliedOn.length > 0 ? 'relied-on' : (answersTo[change][0] ?? 'refused'),
    case: reliedOn
      .map(({ reference }) => reference)
      .join('; ')
      .slice(0, caseCharactersMax),
    stage: stages.at(-1) ?? 'inquiry',
    ground: '',
    explanation: '',
  };
}

/** The answer as it will be signed, or null while something that belongs to it is missing. */
export function answerInput({ answer, ground, stage, ...typed }: AnswerDraft): CorrectionAnswerInput | null {
  const explanation = typed.explanation.trim();
  const said = explanation === '' ? {} : { explanation };
  if (answer === 'relied-on') {
    const reference = typed.case.trim();
    return reference === '' ? null : { answer, case: reference, stage, ...said };
  }
  if (answer === 'refused') return ground === '' ? null : { answer, ground, ...said };
  return { answer, ...said };
}

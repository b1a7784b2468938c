import { Type as T } from 'typebox';
import { correctionAnswers, correctionRefusalGrounds, reliedOnStages } from '../correction/words.ts';
import { defineKind } from '../define-kind.ts';
import { closed, justWith, line, oneOf, Reason } from '../schema.ts';
import { correctionAnswerWords } from './captions.ts';

/** COR-2: what a holder did about a correction. Whether the answer fits the correction is decided in the core. */
export const correctionAnswer = defineKind({
  name: 'correction-answer',
  body: T.Object(
    {
      answer: oneOf(correctionAnswers),
      /** With `relied-on`: in which case, and how far it has come. */
      case: T.Optional(T.String({ minLength: 1, maxLength: 200, ...line })),
      stage: T.Optional(oneOf(reliedOnStages)),
      /** With `refused`. */
      ground: T.Optional(oneOf(correctionRefusalGrounds)),
      explanation: T.Optional(Reason),
    },
    {
      ...closed,
      allOf: [
        justWith('case', { answer: ['relied-on'] }),
        justWith('stage', { answer: ['relied-on'] }),
        justWith('ground', { answer: ['refused'] }),
      ],
    },
  ),
  ...correctionAnswerWords,
  graded: false,
  foundsTrust: false,
  byRelay: 'to-origin',
  portionsMin: 0,
  nothingElse: { titles: Object.values(correctionAnswerWords.caption), portions: false, links: ['replies-to'] },
  requires: ['replies-to'],
  speaksOf: 'others',
});

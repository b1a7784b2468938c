import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { answerRefusalGrounds, answerStates } from '../request/words.ts';
import { atMostWith, closed, Day, justWith, oneOf } from '../schema.ts';
import { answerWords } from './captions.ts';

/** REQ-2: what a recipient of a request answers; its portions are the information, or the words that explain the answer. */
export const answer = defineKind({
  name: 'answer',
  body: T.Object(
    {
      answer: oneOf(answerStates),
      /** With `refused`. */
      ground: T.Optional(oneOf(answerRefusalGrounds)),
      /** With `partial`: the day by which the rest may come. */
      restBy: T.Optional(Day),
    },
    {
      ...closed,
      allOf: [justWith('ground', { answer: ['refused'] }), atMostWith('restBy', { answer: ['partial'] })],
    },
  ),
  ...answerWords,
  graded: false,
  foundsTrust: false,
  portionsMin: 0,
  requires: ['replies-to'],
  speaksOf: 'others',
  demands: ({ answer: given }) => ({
    // ACC-01: what informs is graded like any other information.
    graded: given === 'full' || given === 'partial',
    portionsMin: given === 'no-information' || given === 'refused' ? 0 : 1,
  }),
});

import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { closed, oneOf, owedWith, Reason, SecondInUtc } from '../schema.ts';
import { requestWords } from './captions.ts';
import { requestUrgencies } from './words.ts';

/**
 * REQ-1: a question to partners. Portion 0 is the question, portion 1 why it is needed (Directive (EU) 2023/977 Art. 5);
 * each further portion is a clarification, in the order given, so that a clarified request still says what it asked.
 */
export const request = defineKind({
  name: 'request',
  body: T.Object(
    {
      urgency: oneOf(requestUrgencies),
      /** Why it is urgent; with every urgency but `routine`. */
      urgencyReason: T.Optional(Reason),
      respondBy: SecondInUtc,
      /** What the answer may be used for beyond the purpose; absent: nothing. */
      intendedUse: T.Optional(oneOf(['judicial'])),
      /** REQ-3: how many clarifications this revision holds; absent: none. */
      clarification: T.Optional(T.Integer({ minimum: 1, maximum: 100 })),
    },
    {
      ...closed,
      allOf: [owedWith('urgencyReason', { urgency: requestUrgencies.filter((urgency) => urgency !== 'routine') })],
    },
  ),
  ...requestWords,
  graded: false,
  foundsTrust: false,
  newPerDayMax: 200,
  portionsMin: 2,
  requires: [],
});

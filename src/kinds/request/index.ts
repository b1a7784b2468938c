import { Type as T } from 'typebox';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import { defineKind } from '../define-kind.ts';
import { closed, oneOf, Reason } from '../schema.ts';
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
      /** RFC 3339 in UTC, to the second: text that sorts like the time it says. */
      respondBy: T.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$' }),
      /** What the answer may be used for beyond the purpose; absent: nothing. */
      intendedUse: T.Optional(oneOf(['judicial'])),
      /** REQ-3: how many clarifications this revision holds; absent: none. */
      clarification: T.Optional(T.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  ...requestWords,
  graded: false,
  foundsTrust: false,
  portionsMin: 2,
  requires: [],
  rule: ({ urgency, urgencyReason, respondBy }) => {
    if (urgency !== 'routine' && !urgencyReason?.trim()) return '/urgencyReason';
    return isCalendarDate(respondBy.slice(0, 10)) ? null : '/respondBy';
  },
});

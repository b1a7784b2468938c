import { Type as T } from 'typebox';
import { assentDecisions } from '#src/protocol/admission/assent-claims.ts';
import { defineKind } from '../define-kind.ts';
import { Bytes32, closed, oneOf, Reason, RecordId } from '../schema.ts';
import { assentWords } from './captions.ts';

/** REC-5: one party's assent to exactly one revision of an agreement, or its end of it. */
export const assent = defineKind({
  name: 'assent',
  body: T.Object(
    {
      decision: oneOf(assentDecisions),
      agreement: T.Object(
        {
          origin: Bytes32,
          record: RecordId,
          revision: T.Integer({ minimum: 1, maximum: 2_147_483_647 }),
          hash: Bytes32,
        },
        closed,
      ),
      reason: T.Optional(Reason),
    },
    closed,
  ),
  ...assentWords,
  graded: false,
  foundsTrust: true,
  portionsMin: 0,
  nothingElse: { titles: Object.values(assentWords.caption), portions: false, links: ['about'] },
  requires: ['about'],
});

import { Type as T } from 'typebox';
import { messageLimits } from '#src/protocol/exchange/message.ts';
import { purposes } from '#src/protocol/record/record.ts';
import { defineKind } from '../define-kind.ts';
import { permissionUses } from '../permission/words.ts';
import {
  atMostWith,
  Bytes32,
  closed,
  Day,
  justWith,
  notBlank,
  oneOf,
  PortionIndexes,
  reasonCharactersMax,
} from '../schema.ts';
import { permissionRequestWords } from './captions.ts';

/** PRM-1: a holder asks the origin of a record what its marking does not allow by itself. */
export const permissionRequest = defineKind({
  name: 'permission-request',
  body: T.Object(
    {
      use: oneOf(permissionUses),
      /** With `onward`: the service that shall have it. */
      onwardTo: T.Optional(Bytes32),
      /** KEY-2: that service's card, so that the origin knows whom it permits and can seal to it. */
      onwardCard: T.Optional(T.String({ minLength: 1, maxLength: messageLimits.cardCharactersMax })),
      /** With `other-purpose`. */
      purpose: T.Optional(oneOf(purposes)),
      /** The portions that are needed; absent: all that the asker holds. */
      portions: T.Optional(PortionIndexes),
      reason: T.String({ ...notBlank, minLength: 1, maxLength: reasonCharactersMax }),
      /** The last day on which it is needed. */
      until: T.Optional(Day),
    },
    {
      ...closed,
      allOf: [
        justWith('onwardTo', { use: ['onward'] }),
        atMostWith('onwardCard', { use: ['onward'] }),
        justWith('purpose', { use: ['other-purpose'] }),
      ],
    },
  ),
  ...permissionRequestWords,
  graded: false,
  foundsTrust: false,
  newPerDayMax: 200,
  byRelay: 'to-origin',
  portionsMin: 0,
  nothingElse: { titles: Object.values(permissionRequestWords.caption), portions: false, links: ['about'] },
  requires: ['about'],
  speaksOf: 'others',
});

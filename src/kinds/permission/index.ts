import { Type as T } from 'typebox';
import { purposes, recordLimits } from '#src/protocol/record/record.ts';
import { defineKind } from '../define-kind.ts';
import { atMostWith, Bytes32, closed, Day, justWith, oneOf, PortionIndexes, Reason, RecordId } from '../schema.ts';
import { permissionWords } from './captions.ts';
import { permissionDecisions, permissionGrounds, permissionUses } from './words.ts';

/** PRM-1: what the origin of information allows one service to do with it; revoked by its next revision. */
export const permission = defineKind({
  name: 'permission',
  body: T.Object(
    {
      use: oneOf(permissionUses),
      decision: oneOf(permissionDecisions),
      /** Who may do it. */
      grantee: Bytes32,
      /** With `onward`: who may be given it. */
      onwardTo: T.Optional(Bytes32),
      /** The record, and the hash of the one revision that is meant. */
      record: RecordId,
      hash: Bytes32,
      /** With `onward`, granted: the disclosures that may go, each by its digest. */
      digests: T.Optional(T.Array(Bytes32, { minItems: 1, maxItems: recordLimits.disclosuresMax, uniqueItems: true })),
      /** The portions that are meant; absent: all. */
      portions: T.Optional(PortionIndexes),
      /** With `other-purpose`. */
      purpose: T.Optional(oneOf(purposes)),
      /** With `granted`: the last day. */
      validUntil: T.Optional(Day),
      conditions: T.Optional(Reason),
      /** With `refused` and `revoked`. */
      ground: T.Optional(oneOf(permissionGrounds)),
      explanation: T.Optional(Reason),
    },
    {
      ...closed,
      allOf: [
        justWith('onwardTo', { use: ['onward'] }),
        justWith('purpose', { use: ['other-purpose'] }),
        justWith('digests', { use: ['onward'], decision: ['granted'] }),
        justWith('validUntil', { decision: ['granted'] }),
        atMostWith('portions', { decision: ['granted'] }),
        atMostWith('conditions', { decision: ['granted'] }),
        justWith('ground', { decision: ['refused', 'revoked'] }),
      ],
    },
  ),
  ...permissionWords,
  graded: false,
  foundsTrust: false,
  byRelay: 'to-holders',
  portionsMin: 0,
  nothingElse: { titles: Object.values(permissionWords.caption), portions: false, links: ['about', 'replies-to'] },
  requires: ['about'],
  speaksOf: 'own',
  rule: ({ grantee, onwardTo }) => (onwardTo === grantee ? '/onwardTo' : null),
});

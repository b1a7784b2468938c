import { Type as T } from 'typebox';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import { purposes, recordLimits } from '#src/protocol/record/record.ts';
import { defineKind } from '../define-kind.ts';
import { Bytes32, closed, Day, oneOf, PortionIndexes, Reason, RecordId } from '../schema.ts';
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
    closed,
  ),
  ...permissionWords,
  graded: false,
  foundsTrust: false,
  byRelay: 'to-holders',
  portionsMin: 0,
  requires: ['about'],
  rule: ({ use, decision, grantee, onwardTo, digests, portions, purpose, validUntil, conditions, ground }) => {
    const granted = decision === 'granted';
    if ((use === 'onward') !== (onwardTo !== undefined) || onwardTo === grantee) return '/onwardTo';
    if ((use === 'other-purpose') !== (purpose !== undefined)) return '/purpose';
    if ((granted && use === 'onward') !== (digests !== undefined)) return '/digests';
    if (granted !== (validUntil !== undefined)) return '/validUntil';
    if (validUntil !== undefined && !isCalendarDate(validUntil)) return '/validUntil';
    if (!granted && portions !== undefined) return '/portions';
    if (!granted && conditions !== undefined) return '/conditions';
    return granted === (ground === undefined) ? null : '/ground';
  },
});

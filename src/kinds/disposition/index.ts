import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { closed, oneOf, owedWith, Reason } from '../schema.ts';
import { dispositionWords } from './captions.ts';

export const decisions = ['act', 'no-action', 'already-known', 'need-more'] as const;

/** What the recipient of a report decided to do with it. */
export const disposition = defineKind({
  name: 'disposition',
  body: T.Object(
    { decision: oneOf(decisions), reason: T.Optional(Reason) },
    // Whoever gave a lead is owed the reason why it is not followed up.
    { ...closed, allOf: [owedWith('reason', { decision: decisions.filter((decision) => decision !== 'act') })] },
  ),
  ...dispositionWords,
  graded: false,
  foundsTrust: false,
  portionsMin: 0,
  requires: ['replies-to'],
  speaksOf: 'others',
});

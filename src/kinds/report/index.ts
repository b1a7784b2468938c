import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { closed, Day, oneOf } from '../schema.ts';
import { reportWords } from './captions.ts';

export const reportTypes = ['lead', 'information'] as const;
export const urgencies = ['routine', 'urgent', 'immediate'] as const;

/** Information that one service gives another: a lead to follow up, or something to know. */
export const report = defineKind({
  name: 'report',
  body: T.Object(
    {
      reportType: oneOf(reportTypes),
      urgency: oneOf(urgencies),
      respondBy: T.Optional(T.Union([T.Null(), Day])),
    },
    closed,
  ),
  ...reportWords,
  graded: true,
  foundsTrust: false,
  portionsMin: 1,
  requires: [],
});

import { plural } from '../i18n/catalogue.ts';
import type { RecordWords } from './messages.ar.ts';

export const en: RecordWords = {
  untitled: 'Its title is not in our copy',
  portion: 'Portion {{number}}',
  withheldHere: plural({
    one: '{{count}} portion here was not given to us',
    other: '{{count}} portions here were not given to us',
  }),
  handling: {
    audience: 'Who may receive it',
    title: 'Conditions of use',
    may: 'You may',
    mayNot: 'You may not, without the permission of {{service}}',
    mayNotOwn: 'The recipient may not, without our permission',
    mayOwn: 'The recipient may',
    conditions: 'Other conditions set by {{service}}',
    ask: 'Ask {{service}} for permission',
    does: {
      'act-on-it': 'act on it',
      'share-within-service': 'share it with colleagues of your service who need it',
      'use-in-court': 'use it in court',
      'pass-onward': 'pass it to a third party',
      publish: 'publish it or allude to it in public',
      'use-for-other-purpose': 'use it for another purpose than the one below',
      'act-openly': 'act in a way that those concerned could notice',
      'meet-condition': 'disregard the conditions below',
    },
    purpose: 'Purpose',
    legalBasis: 'Legal basis',
    reviewBy: 'To be reviewed by',
    reviewOverdue: 'Its review is overdue',
  },
  grading: {
    title: 'Grading',
    sentence: '{{source}}; information {{information}}',
    none: 'Not graded',
  },
  board: {
    step: { queued: 'Queued', delivered: 'Delivered', read: 'Read', decided: 'Decided', outcome: 'Outcome received' },
    title: 'Delivery',
    to: 'To {{service}}',
    notYet: 'not yet',
    refusedByUs: 'Stopped by our node before sending',
    refusedByThem: 'Refused by the partner’s node',
    withheld: plural({ one: 'without {{count}} portion', other: 'without {{count}} portions' }),
  },
  actions: {
    decide: 'Decide',
    'report-outcome': 'Report the outcome',
    assent: 'Assent to the agreement',
    'end-agreement': 'End the agreement',
    release: 'Release to another partner',
    'assign-desk': 'Assign a desk',
    open: 'Open the whole page',
    print: 'Print',
  },
};

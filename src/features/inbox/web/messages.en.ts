import type { InboxMessages } from './messages.ar.ts';

export const en: InboxMessages = {
  view: { waiting: 'Waiting for you', arrived: 'Arrived', sent: 'Sent' },
  list: 'List',
  preview: 'Preview',
  search: 'Search titles and texts',
  unread: 'Unread',
  reason: {
    'to-decide': 'waits for your decision',
    'outcome-due': 'outcome due',
    'assent-due': 'waits for your assent',
    'answer-arrived': 'answered',
    refused: 'refused by a recipient',
    arrived: 'new',
  },
  deliveryTo: '{{service}}: {{step}}',
  empty: {
    waiting: 'Nothing is waiting for you',
    waitingNext: 'What arrives or falls due appears here by itself.',
    arrived: 'Nothing has arrived yet',
    arrivedNext: 'What partners send appears here as it arrives.',
    sent: 'You have sent nothing yet',
    sentNext: 'Write a report and send it to a partner.',
    search: 'Nothing found for this search',
    searchNext: 'Try another word, or part of it.',
  },
  choose: 'Choose from the list to read here',
  chooseHint: 'The partner is told that its report was read when you open it.',
  open: 'Open the whole page',
  from: 'From {{service}}',
  ours: 'From our service',
};

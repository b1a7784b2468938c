import type { DecisionMessages } from './messages.ar.ts';

export const en: DecisionMessages = {
  decide: {
    title: 'Your decision on this report',
    note: 'The decision is signed in the name of your service and returns to {{service}}.',
    question: 'What do you decide?',
    means: {
      act: 'We act on it and will report the outcome.',
      'no-action': 'We do not follow it up, and say why.',
      'already-known': 'We know this already, and say since when or from whom.',
      'need-more': 'It is not enough to decide; we say what is missing.',
    },
    reason: 'Reason',
    reasonNeeded: 'Whoever gave a lead deserves to know why it is not followed up. Write the reason.',
    assignTo: 'Desk that acts',
    nobody: 'The present desks',
    submit: 'Sign and send the decision',
    done: 'The decision is signed and on its way to {{service}}.',
  },
  outcome: {
    title: 'What came of this report',
    note: 'The outcome returns to {{service}}, tied to the report that led to it.',
    results: 'Results',
    count: 'Number',
    countNeeded: 'Give a whole number for each result that you chose.',
    chooseOne: 'Choose at least one result.',
    text: 'Account',
    textNeeded: 'Write what happened, if only in one sentence.',
    nature: 'This account is',
    submit: 'Sign and send the outcome',
    done: 'The outcome is signed and on its way to {{service}}.',
  },
};

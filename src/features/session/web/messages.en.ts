import type { SessionMessages } from './messages.ar.ts';

export const en: SessionMessages = {
  title: 'Sign in',
  what: 'Coordination between security services that will never share a database: a lead is sent, a decision is taken, and the result returns to the one who sent it.',
  login: 'Login',
  passphrase: 'Passphrase',
  submit: 'Sign in',
  account: {
    title: 'My account',
    signedInAs: 'Signed in as {{login}}.',
    passphrase: {
      title: 'Passphrase',
      current: 'Current passphrase',
      wanted: 'New passphrase',
      again: 'The new one again',
      hint: 'At least 12 characters: a few words that do not belong together',
      short: 'The passphrase has fewer than 12 characters.',
      differ: 'The two differ.',
      submit: 'Change the passphrase',
      ends: 'Your sessions that are open elsewhere end at once.',
      done: 'The passphrase is changed, and the other sessions have ended.',
    },
    sessions: {
      title: 'Open sessions',
      text: 'End every session that you do not know, then change the passphrase.',
      started: 'Opened',
      seen: 'Last used',
      expires: 'Ends at the latest',
      here: 'this session',
      end: 'End',
      endLabel: 'End the session opened {{at}}',
      done: 'The session has ended.',
    },
  },
  demo: {
    title: 'Enter with one click',
    text: 'This is a demonstration. Choose an officer to see what that officer sees.',
    neighbours: 'The other services of the demonstration',
  },
};

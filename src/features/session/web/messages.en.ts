import type { SessionMessages } from './messages.ar.ts';

export const en: SessionMessages = {
  title: 'Sign in',
  what: 'Coordination between security services that will never share a database: a lead is sent, a decision is taken, and the result returns to the one who sent it.',
  login: 'Login',
  passphrase: 'Passphrase',
  submit: 'Sign in',
  demo: {
    title: 'Enter with one click',
    text: 'This is a demonstration. Choose an officer to see what that officer sees.',
    neighbours: 'The other services of the demonstration',
  },
};

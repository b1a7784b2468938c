import type { SetUpMessages } from './messages.ar.ts';

export const en: SetUpMessages = {
  title: 'First start',
  what: 'A new node that has no name yet. Name your service and create the first administrator; the keys are made here and do not leave this machine.',
  service: 'The service',
  names: { ar: 'Name in Arabic', fr: 'Name in French', en: 'Name in English' },
  code: 'Short code',
  codeHint: 'Lower-case Latin letters, such as atlas',
  url: 'Address of the node for partners',
  administrator: 'The first administrator',
  displayName: 'Name as shown',
  login: 'Login',
  passphrase: 'Passphrase',
  passphraseHint: 'At least 12 characters',
  language: 'Language of the interface',
  submit: 'Make the keys and the service',
  wrong: {
    code: 'A code is 2 to 31 lower-case Latin letters, digits and hyphens.',
    login: 'A login is 2 to 40 lower-case Latin letters, digits and dots.',
    passphrase: 'The passphrase has fewer than 12 characters.',
  },
  done: {
    title: 'The service is made',
    text: 'This is the fingerprint of your service. Every partner compares it by voice before anything passes between you.',
    signIn: 'Go to sign-in',
  },
};

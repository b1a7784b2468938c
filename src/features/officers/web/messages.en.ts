import type { OfficerMessages } from './messages.ar.ts';

export const en: OfficerMessages = {
  title: 'Officers',
  add: 'Add an officer',
  column: { name: 'Name', role: 'Role', clearance: 'Cleared up to', desks: 'Desks', state: 'State' },
  active: 'active',
  disabled: 'disabled',
  disable: 'Disable',
  disableTitle: 'Disable {{name}}',
  disableText:
    'This officer can no longer sign in, and open sessions end at once. What they wrote stays in their name.',
  disabledDone: '{{name}} is disabled.',
  form: {
    title: 'New officer',
    login: 'Login',
    loginHint: 'Lower-case Latin letters and digits, a letter first',
    displayName: 'Name as shown',
    role: 'Role',
    clearance: 'Clearance',
    compartments: 'Compartments',
    compartmentsHint: 'Separate them by commas',
    desks: 'Desks',
    language: 'Language of the interface',
    passphrase: 'First passphrase',
    passphraseHint: 'At least 12 characters: a few words that do not belong together',
    submit: 'Create the officer',
    done: '{{name}} is created.',
    loginWrong: 'A login is 2 to 40 lower-case Latin letters, digits and dots.',
    passphraseShort: 'The passphrase has fewer than 12 characters.',
  },
};

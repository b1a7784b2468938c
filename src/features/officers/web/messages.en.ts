import { plural } from '#src/web/i18n/catalogue.ts';
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
  slowed: {
    title: 'Sign-ins slowed down',
    text: 'Too many wrong passphrases were tried there, so each next try has to wait. An officer is not hindered on a device on which they signed in before.',
    lastDay: plural({
      one: '{{count}} slow-down noted in the last 24 hours.',
      other: '{{count}} slow-downs noted in the last 24 hours.',
    }),
    login: 'Login',
    address: 'From the address',
    failures: 'Wrong tries',
    until: 'Waits until',
    nobody: 'nobody’s, or all that comes from this address',
  },
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

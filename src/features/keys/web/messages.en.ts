import { plural } from '#src/web/i18n/catalogue.ts';
import type { KeyMessages } from './messages.ar.ts';

export const en: KeyMessages = {
  title: 'Our keys',
  table: { key: 'Key', use: 'Use', state: 'State', since: 'Since' },
  use: { signing: 'signing', sealing: 'sealing' },
  state: { current: 'in use', retired: 'retired', revoked: 'revoked' },
  stateMeans: {
    signing: {
      current: 'signs now',
      retired: 'what it signed stays valid',
      revoked: 'nothing new that it signs is believed',
    },
    sealing: {
      current: 'what is sent now is sealed to it',
      retired: 'opens what was sealed to it, until it is destroyed',
      revoked: 'nothing is sealed to it',
    },
  },
  statement: 'Statement of keys no. {{version}}.',
  everyone: 'Every partner has confirmed it.',
  unconfirmed: 'Not confirmed yet by {{services}}.',
  kept: plural({
    one: '{{count}} old sealing key is kept while something sealed to it may be under way, then destroyed.',
    other: '{{count}} old sealing keys are kept while something sealed to them may be under way, then destroyed.',
  }),
  reason: 'Reason',
  rotate: {
    button: { signing: 'New signing key', sealing: 'New sealing key' },
    text: {
      signing:
        'A new key is made, signed by the present one, and partners are told. What is signed stays valid. If the present key is stolen, do not do this: use the recovery key.',
      sealing:
        'A new key is made and partners are told. The old one is kept until each has confirmed the new one and seven days have passed, then destroyed: what was caught on the way stays closed.',
    },
    done: { signing: 'The new signing key is in use.', sealing: 'The new sealing key is in use.' },
  },
  recovery: {
    title: 'Recovery key',
    none: 'Your service has no recovery key. If the signing key is lost or stolen, no partner will believe you until you begin anew with each, card and fingerprint.',
    exists:
      'It revokes a signing key that was lost or stolen and puts another in its place, without beginning anew with the partners. Its secret is not on this node.',
    id: 'Its public half',
    make: 'Make the recovery key',
    renew: 'Make another recovery key',
    makeTitle: 'Recovery key',
    makeText:
      'The secret is shown once and kept nowhere. Print it or write it down, type it back here to be sure that you have it, and put it in a safe, away from this node.',
    replaces: 'It takes the place of the one before, whose secret is then worth nothing.',
    makeSubmit: 'Show the secret now',
    secret: 'The secret, shown this once',
    print: 'Print',
    typed: 'Type it back as it is on paper',
    typedHint: 'Spaces, hyphens and capitals do not matter',
    mismatch: 'It is not the same. Compare it sign by sign.',
    typedSubmit: 'I have it, done',
    made: 'The recovery key is made.',
    leaving: 'If you close now, this secret is never shown again, and you have to make another key.',
    leave: 'Close all the same',
    stay: 'Back to the secret',
    sheet: 'Offline recovery key',
    sheetText:
      'It revokes the service’s signing key, should that be lost or stolen, and puts another in its place. Whoever has it speaks for the service. To be kept in a safe, away from the node and its backups.',
    sheetMade: 'Made on {{when}}',
  },
  recover: {
    button: 'The signing key is lost or stolen',
    title: 'Go on with the recovery key',
    text: 'The present signing key is revoked at once: no partner believes anything new that it signs. New signing and sealing keys are made; a statement signed by the recovery key goes to all partners. What was signed and had arrived before stays.',
    secret: 'Secret of the recovery key',
    submit: 'Revoke the key and go on with another',
    done: 'The old key is revoked; the new one is in use.',
  },
  partner: {
    title: 'Its keys',
    text: 'By its own signed statements. A new key does not change its fingerprint, which is not compared again.',
    former: plural({ one: '{{count}} former key', other: '{{count}} former keys' }),
  },
  stopped: {
    title: 'The link is stopped',
    contradict:
      'Two different statements with the same number were signed in the name of {{service}}; both are kept as evidence. Either its key is stolen or its node was copied.',
    kept: 'What contradicts is kept as evidence. What waits to be sent stays there; nothing is lost.',
    resume: 'Resume the link',
    resumeTitle: 'Resume the link with {{service}}',
    resumeText:
      'First speak with your counterpart on a number that you knew before, and agree on what happened. The link then goes on with new numbers; what has no receipt is sent again, and nothing takes effect twice.',
    resumeReason: 'With whom you spoke, and what happened',
    resumed: 'The link goes on.',
  },
  revoke: {
    title: 'Revocation',
    lead: 'When nothing can be entrusted to {{service}} any more.',
    button: 'Revoke this partner',
    dialogTitle: 'Revoke {{service}}',
    does: 'What this does',
    doesNot: 'What this does not do',
    doesList: {
      stop: 'Nothing more goes from us to it, from this moment, not even what was waiting to be sent.',
      permissions:
        'Every permission that names it is revoked, and those who hold our information are told to pass it on no more.',
      refuse: 'Nothing new is admitted from it.',
    },
    doesNotList: {
      held: 'It neither deletes nor takes back what it holds.',
      relays: 'A service that has not heard yet may still pass on until it hears, or until the permission ends.',
      ours: 'It deletes nothing that we received from it; everything stays in the journal.',
    },
    submit: 'Revoke now',
    done: plural({
      one: 'The partner is revoked, and {{count}} permission with it.',
      other: 'The partner is revoked, and {{count}} permissions with it.',
    }),
    already: 'Revoked {{when}}. Nothing goes to it and nothing is admitted from it.',
  },
  restore: {
    title: 'Restored from a backup',
    banner: 'This node was restored from a backup; it issues nothing until partners have returned what may be missing.',
    bannerLink: 'How far that is',
    text: 'The database is older than what has left this node, so records of your service may be missing that partners hold. Each returns what it has of yours; then you issue again. Reading and receiving go on.',
    since: 'It began {{when}}.',
    partner: 'Partner',
    returned: 'Records returned',
    state: 'State',
    done: 'has returned everything',
    waiting: 'waited for',
    none: 'No partner has anything to return.',
    over: 'The node is complete: no recovery is under way.',
    goOn: 'Go on without waiting',
    goOnTitle: 'Go on without waiting for the rest',
    goOnText:
      '{{services}} may hold a revision of one of your records that this node does not know. If you issue the same one, they will have two revisions with one number, and the link will stop.',
    goneOn: 'The node issues again.',
  },
};

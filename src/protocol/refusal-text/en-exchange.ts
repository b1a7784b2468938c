import type { RefusalCatalogue } from './catalogue.ts';

/** What is refused between two nodes: envelopes, sequences, keys, files. */
export const englishExchange = {
  'envelope-malformed': {
    says: 'What arrived is not a Tansiq envelope.',
    next: 'Check that the partner’s address is right and that its node is up to date.',
  },
  'envelope-too-large': {
    says: 'The envelope is too large (at most {limit} bytes).',
    next: 'Send fewer records at once.',
  },
  'envelope-version-unknown': {
    says: 'The envelope uses a version of the protocol that this node does not know.',
    next: 'Bring both nodes to the same version.',
  },
  'envelope-suite-refused': {
    says: 'The envelope is sealed with another method than the agreed one.',
    next: 'Ask the partner to use the agreed method; it is never negotiated.',
  },
  'envelope-not-for-us': {
    says: 'The envelope is addressed to another service.',
    next: 'Tell the sender that it was delivered to the wrong address.',
  },
  'envelope-seal-broken': {
    says: 'The envelope could not be opened: it was changed on the way or sealed to another key.',
    next: 'The sender’s node sends it again. If it happens again, compare the sealing keys.',
  },
  'envelope-key-unknown': {
    says: 'The envelope is sealed to a key that this node does not hold.',
    next: 'Give the partner your current service card.',
  },
  'envelope-signature-invalid': {
    says: 'The envelope is not signed by the service that it names as its sender.',
    next: 'Tell the partner by voice and keep the time of arrival.',
  },
  'envelope-binding-mismatch': {
    says: 'The outside of the envelope does not agree with what was signed inside.',
    next: 'Tell the partner by voice: someone may have changed it on the way.',
  },
  'payload-malformed': {
    says: 'The content of the batch cannot be read.',
    next: 'Ask the partner’s administrator to check the version of its node.',
  },
  'payload-too-deep': {
    says: 'The content of the batch nests too deeply (at most {limit} levels).',
    next: 'Ask the partner’s administrator to check its node.',
  },
  'message-type-unknown': {
    says: 'The batch holds a type of message that this node does not know.',
    next: 'Bring both nodes to the same version. The rest of the batch was taken.',
  },
  'message-not-taken': {
    says: 'The message could not be taken: something in it brought about a fault of the node that received it. The rest of its batch was taken.',
    next: 'Tell the administrator of the node that refused it, whose log has the fault, and the partner by voice. Send it again once that is mended.',
  },
  'message-not-sent': {
    says: 'This could not be made ready to be sent: a fault of this node. It was set aside, and what waited behind it went on.',
    next: 'Tell your administrator, who finds the fault in the log; then release it again.',
  },
  'envelope-not-taken': {
    says: 'The envelope could not be taken: something in it brought about a fault of this node. Nothing of it was stored.',
    next: 'Tell your administrator, who finds the fault in the log. The sender’s node sends it again.',
  },
  'letter-too-large': {
    says: 'The sealed letter is too large to be carried through another service (at most {limit} bytes).',
    next: 'Send less at once, or connect the service as a partner.',
  },
  'letter-malformed': {
    says: 'The sealed letter does not hold what a letter may hold.',
    next: 'Ask its author to send it again; if it happens again, tell your administrator.',
  },
  'letter-not-ours': {
    says: 'The letter is for a service between which and its sender this node carries nothing.',
    next: 'Reach that service directly, or through whoever passed the information on.',
  },
  'letter-nested-too-deep': {
    says: 'The letter holds too many letters within one another (at most {limit}).',
    next: 'Ask its author to choose a shorter way.',
  },
  'holding-invalid': {
    says: 'The statement of who holds this record is not signed by whom it names, or does not fit what is known here.',
    next: 'Do not rely on it. Ask the partner concerned by voice.',
  },
  'sequence-gap': {
    says: 'An earlier batch of this link has not arrived yet.',
    next: 'Nothing to do: the sender goes back to the first batch that is missing.',
  },
  'sequence-reused': {
    says: 'The partner used the same sequence number for two different batches.',
    next: 'The link is stopped. Speak with the partner’s administrator: its node may have been restored from an old backup.',
  },
  'sequence-chain-broken': {
    says: 'The batch does not follow the one that was taken before it.',
    next: 'Speak with the partner’s administrator before the link is opened again.',
  },
  'epoch-unknown': {
    says: 'The batch belongs to a period of the link that this node does not know.',
    next: 'Speak with the partner’s administrator: one of the two nodes may have been restored.',
  },
  'receipt-invalid': {
    says: 'The receipt cannot be verified as the partner’s.',
    next: 'Nothing is lost: it is sent again. If it happens again, compare the fingerprints.',
  },
  'receipt-mismatch': {
    says: 'The receipt confirms other content than what was sent.',
    next: 'The link is stopped. Speak with the partner’s administrator.',
  },
  'receipt-ahead': {
    says: 'The receipt confirms a batch that was never sent from here.',
    next: 'The link is stopped. Check whether this node was restored from a backup.',
  },
  'query-invalid': {
    says: 'The partner asked what this node has of it, in a form or with a signature that does not hold.',
    next: 'Nothing was taken. If it happens again, tell your administrator.',
  },
  'node-cloned': {
    says: 'The partner has messages in this service’s name that this node never sent: a second copy of the node is running, or its database was put back while it ran.',
    next: 'Nothing passes on this link. Find the other copy and stop it; then let the link go on, with a reason.',
  },
  'node-recovering': {
    says: 'This node was restored from a backup and may lack records of its own that partners hold. Until they have given them back it issues none.',
    next: 'Wait until the partners have answered, or let a director go on without them, with a reason.',
  },
  'bundle-malformed': {
    says: 'This is not a .tansiq file, or what stands in it at this place is no envelope.',
    next: 'Nothing at this place was taken. Ask the partner to export the file again.',
  },
  'bundle-truncated': {
    says: 'The file ends in the middle of an envelope: it was not copied whole.',
    next: 'What stood before was taken. Copy the file again and import it once more; nothing is taken twice.',
  },
  'bundle-mixed': {
    says: 'The file holds an envelope of another service than the one it began with.',
    next: 'That envelope was not taken. Ask each partner for a file of its own.',
  },
  'link-stopped': {
    says: 'The link with this partner is stopped because the two sides disagree on what was sent.',
    next: 'The administrators of both services must settle the cause before it is opened again.',
  },
  'link-window-full': {
    says: 'Too many batches wait for this partner’s receipt (at most {limit}).',
    next: 'Nothing to do: sending goes on as soon as the partner answers.',
  },
  'peer-unknown': {
    says: 'The sender is not known as a confirmed partner.',
    next: 'Add the partner from its service card, compare the fingerprints by voice and confirm, on both sides.',
  },
  'peer-unconfirmed': {
    says: 'The fingerprint of this partner has not been compared by voice yet.',
    next: 'Call the partner, compare the eight groups of digits, and confirm.',
  },
  'fingerprint-mismatch': {
    says: 'The fingerprint that was read out is not the one of this partner’s card.',
    next: 'Do not confirm. Obtain the card again by another way and compare anew.',
  },
  'record-key-revoked': {
    says: 'The record is signed with a key that its origin has revoked.',
    next: 'Do not rely on it. Its origin can give the next revision, signed with its present key.',
  },
  'keys-invalid': {
    says: 'This statement of keys is not one that the service itself could have made after the one before.',
    next: 'Do not rely on it. Ask the service by voice whether it changed its keys.',
  },
  'keys-gap': {
    says: 'An earlier statement of this service’s keys is missing.',
    next: 'Nothing to do: the service sends its statements again, in order.',
  },
  'keys-contradict': {
    says: 'The service has signed two different statements of its keys under one number.',
    next: 'Its key may be stolen. Speak with its officers by voice before the link goes on.',
  },
  'keys-too-many': {
    says: 'A service’s statement can name no more signing keys (at most {limit}).',
    next: 'Keep the present key; records signed with older ones must stay verifiable.',
  },
  'recovery-secret-invalid': {
    says: 'This is not the secret of the recovery key that partners know.',
    next: 'Type it again from the paper, all groups; one wrong character is noticed.',
  },
  'recovery-key-missing': {
    says: 'No recovery key was ever made known to partners.',
    next: 'Make one while the signing key is in good hands. Without it, a lost key means a new beginning.',
  },
  'rate-exceeded': { says: 'Too many requests came in too short a time.', next: 'Wait a minute and try again.' },
} as const satisfies Partial<RefusalCatalogue>;

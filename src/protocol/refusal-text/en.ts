import type { RefusalCatalogue } from './catalogue.ts';
import { englishExchange } from './en-exchange.ts';

export const english: RefusalCatalogue = {
  // A record that cannot be believed or read
  'record-malformed': {
    says: 'This is not a record in the form that the protocol prescribes.',
    next: 'Ask its origin to send it again; if it happens again, tell your administrator.',
  },
  'record-signature-invalid': {
    says: 'The signature on this record is not the one its origin would make, or the record was changed.',
    next: 'Do not rely on it. Tell its origin by voice and keep the time of arrival.',
  },
  'record-key-unknown': {
    says: 'The record is signed with a key that is not known for its origin.',
    next: 'Ask the origin for its current service card and compare the fingerprint by voice.',
  },
  'record-disclosure-unmatched': {
    says: 'The record carries a part that its origin did not sign.',
    next: 'Do not rely on it. Tell its origin that a part was added on the way.',
  },
  'record-disclosure-missing': {
    says: 'A part that every copy must carry is missing from this record.',
    next: 'Ask its origin to release the record again.',
  },
  'record-kind-unknown': {
    says: 'This node does not know this kind of record.',
    next: 'Update this node, or ask the origin to send the content as a report.',
  },
  'record-body-invalid': {
    says: 'A field of the record is missing or holds something that its kind does not allow.',
    next: 'Correct the field that is pointed at and try again.',
  },
  'record-says-more': {
    says: 'What founds trust, permits, corrects or answers a correction says more than its own fields.',
    next: 'Its origin issues it again without the rest, and gives information in a report.',
  },
  'text-unfit': {
    says: 'A text holds a character that is not shown, drives a terminal or changes the order of others (character {limit}).',
    next: 'Delete it, or type the passage again instead of copying it. Where a partner sent it, ask for the text anew.',
  },
  'text-blank': {
    says: 'A text has no letter and no digit, so nobody can read anything in it.',
    next: 'Write what it is about.',
  },
  'record-title-too-long': {
    says: 'The title is too long (at most {limit} characters).',
    next: 'Shorten the title and put the detail in the text.',
  },
  'record-too-large': {
    says: 'The record is too large (at most {limit} bytes).',
    next: 'Divide it into several records that cite one another.',
  },
  'record-too-deep': {
    says: 'The record nests lists or fields too deeply (at most {limit} levels).',
    next: 'Ask its origin to send it in the prescribed form.',
  },
  'record-too-many-parts': {
    says: 'The record has too many parts (at most {limit}).',
    next: 'Divide it into several records that cite one another.',
  },
  'record-portion-nature-missing': {
    says: 'A paragraph does not say whether it is fact or assessment.',
    next: 'Mark each paragraph as fact or as assessment.',
  },
  'record-grading-missing': {
    says: 'The record has no source grading, and its kind may not leave without one.',
    next: 'Grade the source and the information, then send again.',
  },
  'record-review-date-invalid': {
    says: 'The review date is missing, already past, or more than three years away.',
    next: 'Set a review date within the next three years.',
  },
  'marking-below-envelope': {
    says: 'A paragraph is marked lower than the record that contains it.',
    next: 'Raise the marking of the paragraph, or lower the marking of the whole record.',
  },
  'marking-below-sources': {
    says: 'The report is marked lower than a record that it cites.',
    next: 'Raise the marking to what its sources demand, or cite only what it truly draws on.',
  },
  'marking-above-record': {
    says: 'It is marked above the record that it takes back or decides on, so those who work on that record might not see it.',
    next: 'Its origin issues it again with the level and the compartments of that record.',
  },
  'above-own-clearance': {
    says: 'The level or compartment asked for is above your own clearance.',
    next: 'Lower the marking if that is justified, or let a cleared colleague write it.',
  },
  'record-not-by-origin': {
    says: 'Only the service that wrote a record may revise it; this revision comes from another.',
    next: 'Write a record of your own that is linked to it.',
  },
  'record-id-foreign': {
    says: 'The identifier of this record belongs to another service.',
    next: 'Do not rely on it, and tell its origin: nobody may occupy the identifier of another’s record.',
  },
  'revision-gap': {
    says: 'An earlier revision of this record has not arrived yet.',
    next: 'Nothing to do: it is held and taken as soon as the earlier one arrives.',
  },
  'revision-equivocation': {
    says: 'The origin signed two different texts as the same revision of this record.',
    next: 'Use neither. Both are kept as evidence; ask the origin by voice which one stands.',
  },
  'link-target-unknown': {
    says: 'The record refers to another record that is not here.',
    next: 'Nothing to do: it is held and taken as soon as the other one arrives.',
  },
  'assent-hash-mismatch': {
    says: 'The assent is to another text than the revision that stands here.',
    next: 'Read the current revision and assent to it again.',
  },
  // A record that may not leave, or may not come in
  'agreement-not-in-force': {
    says: 'No agreement is in force with this partner today.',
    next: 'Ask your director to conclude or renew the agreement.',
  },
  'agreement-purpose-not-covered': {
    says: 'The agreement with this partner does not cover this purpose.',
    next: 'Choose the purpose that truly applies, or ask your director to widen the agreement.',
  },
  'agreement-ceiling-exceeded': {
    says: 'The classification or a compartment is above what the agreement with this partner allows.',
    next: 'Leave out what is above it, or ask your director to widen the agreement.',
  },
  'release-not-visible-to-partner': {
    says: 'This partner is not among those to whom the record may be released.',
    next: 'Ask the author to add the partner to the releasable-to list in a new revision.',
  },
  'release-nothing-left': {
    says: 'Nothing that this partner may see would be left of the record.',
    next: 'Write a version with a lower marking, or choose another recipient.',
  },
  'onward-not-permitted': {
    says: 'The record comes from a third service, which has not permitted it to be passed on.',
    next: 'Ask its origin for permission, or ask the origin to send it directly.',
  },
  'permission-expired': {
    says: 'The origin’s permission for this has expired.',
    next: 'Ask the origin for a new permission.',
  },
  'permission-revoked': {
    says: 'The origin has revoked its permission for this.',
    next: 'Do not go on with it. Ask the origin if you need to know why.',
  },
  'permission-digests-exceeded': {
    says: 'The copy holds more than the origin permitted.',
    next: 'Pass on only the paragraphs that the permission names.',
  },
  'use-not-permitted': {
    says: 'The originator has not permitted this use.',
    next: 'Ask the originator for permission first; it can be asked from the record itself.',
  },
  'originator-permission-missing': {
    says: 'The record draws on information whose originator has not permitted it to be passed on.',
    next: 'Ask that originator for permission to pass the information on to this service.',
  },
  'no-way-to-service': {
    says: 'No way to this service is known: it is no partner, and no partner has passed anything on between you.',
    next: 'Connect it as a partner, or ask a partner to pass the matter on.',
  },
  'sealing-key-unusable': {
    says: 'No sealed message can be made for this service: the key that it has stated is not usable.',
    next: 'Ask the service by voice to change its sealing key; what is sent after that reaches it.',
  },
  'release-held-back': {
    says: 'Whoever released the record held this portion back from this partner.',
    next: 'If the partner needs it, release the record to it again, whole.',
  },
  'record-withdrawn': {
    says: 'The record was withdrawn or erased by its origin; nobody is given it any more.',
    next: 'Open it to resolve the correction; cite and release nothing of it.',
  },
  'revision-superseded': {
    says: 'A newer revision took the place of this one before it was sent.',
    next: 'Nothing needs to be done: the newer revision goes instead.',
  },
  'record-not-correctable': {
    says: 'This record cannot be corrected in this way: of its kind there is another way, or it was withdrawn or erased already.',
    next: 'Correct a report, a question, an answer or an outcome; a withdrawn record may still be erased.',
  },
  'revision-not-empty': {
    says: 'A revision that withdraws or erases a record still says something of it.',
    next: 'Its origin issues the withdrawal or the erasure again, without any content.',
  },
  'correction-mismatch': {
    says: 'The correction and what it links to do not speak of the same revision.',
    next: 'Ask its origin to issue the correction again.',
  },
  'correction-answer-unfit': {
    says: 'This answer does not fit the correction: only a corrected record is replaced, only an erased one is erased.',
    next: 'Choose an answer that says what was done with the record.',
  },
  'revision-incomplete-here': {
    says: 'You do not see every paragraph of this record, and a new revision would drop those that you do not see.',
    next: 'Let an officer who sees the whole record correct it.',
  },
  ...englishExchange,
  // People at the screen
  'not-found': {
    says: 'There is nothing here that you may see.',
    next: 'Check the address, or ask your liaison desk.',
  },
  'not-allowed': { says: 'Your role does not allow this.', next: 'Ask an officer whose role allows it.' },
  'sign-in-failed': {
    says: 'The login or the passphrase is wrong.',
    next: 'Try again. If you have forgotten the passphrase, ask your administrator.',
  },
  'address-internal': {
    says: 'The partner’s address leads into an internal network, and this node looks for no partner there.',
    next: 'If the partner is there in truth, the operator names its network: --partner-network.',
  },
  'sign-in-slowed': {
    says: 'Too many wrong passphrases were tried here, so each next try has to wait (now {limit} seconds).',
    next: 'Wait, then try again. From a device on which you signed in before, nobody else’s tries slow you.',
  },
  'sign-in-required': {
    says: 'You are not signed in, or your session has ended.',
    next: 'Sign in again; your draft is kept.',
  },
  'request-forged': {
    says: 'The request did not come from this site’s own pages.',
    next: 'Go back to the page and do it again from there.',
  },
  'input-invalid': {
    says: 'Something that was entered is missing or not in the expected form.',
    next: 'Correct the field that is pointed at and try again.',
  },
  'input-too-large': { says: 'What was sent is too large (at most {limit} bytes).', next: 'Shorten it or divide it.' },
  'input-too-deep': {
    says: 'What was sent nests too deeply (at most {limit} levels).',
    next: 'Send it in the form that the interface describes.',
  },
  'edit-conflict': {
    says: 'This was changed elsewhere after you opened it.',
    next: 'Open it again, compare, and repeat your change.',
  },
  'already-decided': {
    says: 'A decision on this record has already been taken.',
    next: 'Read that decision; attach a record of your own if more is to be said.',
  },
  'not-decided-to-act': {
    says: 'Your service has not decided to act on this yet, so no outcome can be tied to it.',
    next: 'Record the decision to act first, then report the outcome.',
  },
  'reason-missing': {
    says: 'This decision needs a reason, so that its origin understands it.',
    next: 'Give the reason in a sentence or two and send it again.',
  },
  'result-count-invalid': {
    says: 'A count does not fit its kind of result.',
    next: 'Give a number for each result; “none yet” stands alone and has no number.',
  },
  'request-deadline-invalid': {
    says: 'The time by which an answer is needed is already past, or more than a year away.',
    next: 'Set a time within the next year.',
  },
  'request-closed': {
    says: 'This request has had its final answer.',
    next: 'Read that answer; ask a new question, or give what you have as a report.',
  },
  'answer-incomplete': {
    says: 'Something that goes with this answer is missing, or does not belong to it.',
    next: 'Complete the field that is pointed at: information needs its text and grading, a refusal its ground, a question back its words.',
  },
  'passphrase-common': {
    says: 'The passphrase is one that is tried first: common, a common one with an ending, or a name from here.',
    next: 'Choose a few words that do not belong together and that nobody connects with you.',
  },
  'passphrase-wrong': {
    says: 'The passphrase that you use now is another one.',
    next: 'Type the one with which you signed in. If you have forgotten it, ask your administrator.',
  },
  'passphrase-too-weak': {
    says: 'The passphrase is too short or too easy to guess (at least {limit} characters).',
    next: 'Choose several words that do not belong together.',
  },
  'login-taken': { says: 'Another officer already has this login.', next: 'Choose another login.' },
  'set-up-already-done': { says: 'This node has already been set up.', next: 'Sign in, or ask your administrator.' },
  'idempotency-key-reused': {
    says: 'The same request key was used for a different request.',
    next: 'Repeat the request with a new key.',
  },
};

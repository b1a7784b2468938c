import type { KeyId, RecordHash, ServiceId, UnixMs } from '../primitives.ts';
import type { RefusalCode } from '../refusal.ts';

/** What one service says to another: records, and a closed set of control messages beside them. */
export type Message =
  | { readonly type: 'record'; readonly sdJwt: string }
  /** ADM-1: a message that was not taken, and why. `record` is null where it could not be read. */
  | {
      readonly type: 'refusal';
      /** Where it stood in the batches of whoever sent it. */
      readonly epoch: number;
      readonly sequence: number;
      readonly index: number;
      readonly record: RecordHash | null;
      readonly code: RefusalCode;
    }
  /** An officer of the recipient opened the record for the first time. Says that, not who. */
  | { readonly type: 'read-notice'; readonly record: RecordHash; readonly readAt: UnixMs }
  /** REC-4: the bare JWS of a revision that the recipient skipped; it discloses nothing and closes the chain. */
  | { readonly type: 'revision'; readonly jwt: string }
  /** REC-4: a revision that is missing here, asked of whoever sent the one after it. */
  | { readonly type: 'revision-wanted'; readonly record: RecordHash }
  /** KEY-2: the card of a service that the recipient may not know: known from now on as vouched for by the sender. */
  | { readonly type: 'card'; readonly card: string }
  | Letter
  /** REL-3: a signed statement of who holds what (`tansiq-holding`). */
  | { readonly type: 'holding'; readonly statement: string }
  /** KEY-1: a signed statement of a service's keys (`tansiq-keys`). */
  | { readonly type: 'keys'; readonly statement: string }
  /** EXC-4: the sender was restored from a backup, and asks which of its records we hold: those behind this one in our list. */
  | { readonly type: 'recovery-wanted'; readonly after: RecordHash | null }
  /** EXC-4: a page of that list, behind `after`; an empty one is its end. */
  | { readonly type: 'copies'; readonly after: RecordHash | null; readonly hashes: readonly RecordHash[] }
  /** EXC-4: of those, the ones that the sender lacks. */
  | { readonly type: 'copies-wanted'; readonly hashes: readonly RecordHash[] }
  /** EXC-4: one of the recipient's own records, given back. */
  | { readonly type: 'returned'; readonly sdJwt: string };

/**
 * EXC-5: messages sealed end to end to a service that is not the peer. Whoever carries it reads nothing but `to`; within
 * may be another letter, so that each relay learns only its neighbour.
 */
export type Letter = {
  readonly type: 'letter';
  readonly to: ServiceId;
  /** Which of the addressee's sealing keys it is sealed to. */
  readonly key: KeyId;
  /** HPKE's encapsulated key and ciphertext, base64url. */
  readonly enc: string;
  readonly ciphertext: string;
};

export const messageTypes = [
  'record',
  'refusal',
  'read-notice',
  'revision',
  'revision-wanted',
  'card',
  'letter',
  'holding',
  'keys',
  'recovery-wanted',
  'copies',
  'copies-wanted',
  'returned',
] as const satisfies readonly Message['type'][];

/** What may stand in a letter: only what its own signatures prove, because a letter has no author that could be proved. */
export const letterTypes = ['record', 'revision', 'card', 'holding', 'keys', 'letter'] as const;
export type LetterMessage = Extract<Message, { readonly type: (typeof letterTypes)[number] }>;

/** ADM-2, in characters (UTF-16 code units) of the text as it stands in the message. */
export const messageLimits = {
  /** A bare JWS has a digest for each disclosure and no disclosure: far less than a record. */
  revisionCharactersMax: 256 * 1024,
  /** The card of a service with the statements of its keys behind it, wherever it is given. */
  cardCharactersMax: 512 * 1024,
  statementCharactersMax: 128 * 1024,
  /** Of a letter's ciphertext, in bytes. */
  letterBytesMax: 1024 * 1024,
} as const;

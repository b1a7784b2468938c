import type { Holding } from '#src/protocol/correction/who-is-told.ts';
import type { CorrectionAnswer, CorrectionChange } from '#src/protocol/correction/words.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { CalendarDate, RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRevision } from '#src/protocol/record/verify.ts';
import type { StoredRelease } from './store.ts';

/** What a correction record says, ours or a partner's, as the board and the inbox ask for it. */
export interface StoredCorrection {
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly origin: ServiceId;
  readonly change: CorrectionChange;
  readonly respondBy: CalendarDate;
  readonly about: { readonly record: RecordId; readonly hash: RecordHash; readonly revision: number };
  readonly superseded: RecordHash;
  readonly issuedAt: UnixMs;
}

export interface CorrectionAsk {
  readonly holder: ServiceId;
  readonly askedAt: UnixMs;
  readonly remindedAt: UnixMs | null;
}

/** COR-3: a current record of which some source was changed since. */
export interface CitationFlag {
  readonly citing: RecordId;
  readonly cited: RecordId;
  readonly citedOrigin: ServiceId;
  readonly citedHash: RecordHash;
  readonly citedRevision: number;
  readonly change: CorrectionChange;
}

/** The store's words for corrections. All of them see every row: they are the node's own. */
export interface CorrectionWords {
  /** Once per correction record; again changes nothing. */
  putCorrection(correction: StoredCorrection): Promise<void>;
  correction(record: RecordId): Promise<StoredCorrection | null>;
  /** Of this record, the newest first. */
  correctionsAbout(record: RecordId): Promise<StoredCorrection[]>;
  /** The first time: asked. Each later time: reminded. */
  putAsk(correction: RecordId, holder: ServiceId, at: UnixMs): Promise<void>;
  asks(correction: RecordId): Promise<CorrectionAsk[]>;
  /** Answers to this correction record, whoever gave them, the oldest first. */
  answersTo(correction: RecordId): Promise<{ origin: ServiceId; answer: CorrectionAnswer; at: UnixMs }[]>;

  /** REL-3: every revision of the record in every holder's hands; without those whose copy was refused at its door. */
  holdings(record: RecordId): Promise<Holding[]>;
  /** Releases of any revision of the record that were not refused, the oldest first. */
  liveReleases(record: RecordId): Promise<StoredRelease[]>;
  /** An item that waits carries this message in place of its release. Nothing happens to one that is in a batch. */
  replaceInQueue(id: string, message: Message): Promise<void>;

  /** REC-4: a revision that is held by its signature alone. It counts among `revisions`. */
  putSkippedRevision(revision: VerifiedRevision, from: ServiceId, at: UnixMs): Promise<void>;
  /** The bare JWS of a revision, held whole, reduced or skipped; null when it is not held. */
  bareJwt(hash: RecordHash): Promise<string | null>;

  /** Which records cite this one in their current revision, each with the lowest revision of it that it cites. */
  citing(record: RecordId): Promise<{ record: RecordId; revision: number }[]>;
  /** Once per citing record, cited record and revision; again changes nothing. */
  putCitationFlag(flag: CitationFlag, at: UnixMs): Promise<void>;

  /**
   * ACC-14: takes away every disclosure of every revision of the record but those of `keep`, what is held back of it, and
   * the titles of what replies to it or is about it, where they quote its own. What remains is signed, and discloses nothing.
   */
  eraseContent(record: RecordId, keep: RecordHash): Promise<void>;
}

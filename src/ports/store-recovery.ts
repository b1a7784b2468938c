/** The store's words for EXC-3 and EXC-4: epochs, what contradicts, what was exported, and the return after a restore. */
import type { Message } from '#src/protocol/exchange/message.ts';
import type { RecoveryPlace } from '#src/protocol/exchange/recovery.ts';
import type { Evidence, Position } from '#src/protocol/exchange/state.ts';
import type { RecordHash, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';

export interface RecoveryPartner {
  readonly peer: ServiceId;
  readonly doneAt: UnixMs | null;
  /** Records of ours that it has given back so far. */
  readonly returned: number;
}

/** This node was restored, and issues nothing of its own until its partners have returned what they hold of it. */
export interface Recovery {
  readonly beganAt: UnixMs;
  /** Those that were asked, in the order of their identities. */
  readonly partners: readonly RecoveryPartner[];
}

/** A file that was made for a partner: batches `from` through `through` of one epoch. */
export interface BundleExport {
  readonly officer: string | null;
  readonly epoch: number;
  readonly from: number;
  readonly through: number;
  readonly messages: number;
}

export interface RecoveryWords {
  /**
   * EXC-4: what is in batches later than `after` goes back to the queue, in its old order; those batches are sent no more,
   * and releases in them are queued as if never sent. What was refused stays refused, and does not go again.
   */
  requeue(peer: ServiceId, after: Position): Promise<void>;
  /** Releases in batches later than that, with the digests that went; without those that were refused since. */
  sentReleases(peer: ServiceId, after: Position): Promise<{ release: string; digests: readonly string[] }[]>;
  /** Messages whose batch was receipted before: no partner can be so old any more that it would need them again. */
  forgetReceipted(before: UnixMs): Promise<void>;
  /** The signed header of one of their batches that we took, or of ours that we formed; null where it is not known. */
  signedHeader(
    of: 'theirs' | 'ours',
    peer: ServiceId,
    place: { epoch: number; sequence: number },
  ): Promise<string | null>;
  keepEvidence(
    peer: ServiceId,
    evidence: Evidence & { readonly code: RefusalCode; readonly known: string | null },
    at: UnixMs,
  ): Promise<void>;

  addExport(peer: ServiceId, made: BundleExport, at: UnixMs): Promise<void>;
  /** The last sequence of this epoch that a file for this peer held; 0 where none did. */
  lastExported(peer: ServiceId, epoch: number): Promise<number>;

  /** The recovery under way, or null. */
  recovery(): Promise<Recovery | null>;
  /** Begins one, or asks further partners where one is under way. */
  beginRecovery(partners: readonly ServiceId[], at: UnixMs): Promise<void>;
  /** A partner that was asked gave one record back, also after a director went on without it. */
  countReturned(peer: ServiceId): Promise<void>;
  partnerDone(peer: ServiceId, at: UnixMs): Promise<void>;
  /** Whether this partner was asked and has not yet returned everything. */
  owesRecords(peer: ServiceId): Promise<boolean>;
  endRecovery(at: UnixMs): Promise<void>;
  /** How far we are in this partner's list of our records; null where it owes none. */
  recoveryPlace(peer: ServiceId): Promise<RecoveryPlace | null>;
  setRecoveryPlace(peer: ServiceId, place: RecoveryPlace): Promise<void>;

  /**
   * Revisions by this origin that are held here, in an order that never changes, behind `after`; from the start where that is
   * null or not held.
   */
  listRevisions(
    origin: ServiceId,
    after: RecordHash | null,
    count: number,
  ): Promise<{ readonly after: RecordHash | null; readonly hashes: readonly RecordHash[] }>;
  /** Of these, the revisions by this origin that are held here. */
  revisionsAmong(origin: ServiceId, hashes: readonly RecordHash[]): Promise<ReadonlySet<RecordHash>>;
  /** How many messages of this type wait for this peer, counted up to `most`. */
  waitingOf(peer: ServiceId, type: Message['type'], most: number): Promise<number>;
  /** Takes the messages of this type that wait for this peer out of the queue. */
  dropWaiting(peer: ServiceId, type: Message['type']): Promise<void>;

  /** How many lines the journal has ever had: it never falls while one and the same database goes on. */
  journalLength(): Promise<number>;
}

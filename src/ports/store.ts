import type { Message } from '#src/protocol/exchange/message.ts';
import type { Carrier, LinkState } from '#src/protocol/exchange/state.ts';
import type { CalendarDate, KeyId, RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { HeldRevision } from '#src/protocol/record/held.ts';
import type { LabelledDisclosure, RecordReference, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { DeliveryState } from '#src/protocol/release/delivery.ts';
import type { CorrectionWords } from './store-corrections.ts';
import type { KeyWords } from './store-keys.ts';
import type { OnwardWords } from './store-onward.ts';
import type { RecoveryWords } from './store-recovery.ts';

/** A service that this node knows, with the keys that its messages are checked with. */
export interface KnownService {
  readonly id: ServiceId;
  readonly code: string;
  readonly url: string | null;
  readonly signingKeys: { readonly [keyId: KeyId]: Uint8Array };
  readonly sealingKey: { readonly id: KeyId; readonly publicKey: Uint8Array };
  readonly confirmed: boolean;
  readonly revoked: boolean;
  /** KEY-2: the partner through which alone it is known; null where officers connected it. */
  readonly vouchedBy: ServiceId | null;
  /** EXC-3: how batches travel to it. */
  readonly carrier: Carrier;
}

export interface OutboxItem {
  readonly id: string;
  readonly content: { readonly message: Message } | { readonly release: string };
}

export interface StoredBatch {
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: string;
  readonly signedHeader: string;
  readonly payload: Uint8Array;
}

/** Which part of a record it is; what it says stands in the copy. */
export type VisibleDisclosure = Pick<LabelledDisclosure, 'digest' | 'path'>;

/** What the release function knows of one release at the moment of sending. */
export interface StoredRelease {
  readonly id: string;
  readonly reference: RecordReference;
  readonly recipient: ServiceId;
  readonly purpose: string;
  readonly withheld: readonly string[];
}

/** REC-5: one revision of the terms between us and one partner, from an agreement record and its assents. */
export interface StoredAgreement {
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly revision: number;
  readonly partner: ServiceId;
  readonly ceiling: number;
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate;
  readonly oversightIncluded: boolean;
  readonly ourAssentAt: UnixMs | null;
  readonly theirAssentAt: UnixMs | null;
  readonly endedAt: UnixMs | null;
  readonly endedBy: ServiceId | null;
}

export interface RecordHead {
  readonly record: RecordId;
  readonly origin: ServiceId;
  readonly kind: string;
  readonly hash: RecordHash;
  readonly revision: number;
  readonly state: 'active' | 'quarantined' | 'equivocal';
}

export interface HeldMessage {
  readonly peer: ServiceId;
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
  /** 1, 2, 3 … within a letter that stood there (EXC-5); absent outside one. */
  readonly within?: number;
  readonly sdJwt: string;
  readonly code: RefusalCode;
  readonly waitsFor: string | null;
}

/** JRN-2: identifiers and hashes only. The store gives it its number; the caller gives the rest. */
export interface JournalEntry {
  readonly at: UnixMs;
  readonly actorKind: 'officer' | 'partner' | 'node' | 'sign-in';
  readonly actor: string | null;
  readonly act: string;
  readonly record: RecordId | null;
  readonly hash: RecordHash | null;
  readonly service: ServiceId | null;
  readonly reason: string | null;
}

/** What came of an attempt: what its work returned, or what it threw. */
export type Attempted<T> = { readonly done: T } | { readonly fault: unknown };

/** Everything inside one unit is committed together or not at all; reads see the unit's own writes. */
export interface StoreUnit extends RecoveryWords, KeyWords, CorrectionWords, OnwardWords {
  /**
   * Part of a unit that may fail alone: where `work` throws, all that it has written is taken back, also what would have failed
   * at the commit only, and the unit goes on as if it had not been begun. May be nested. Until it resolves, everything goes
   * through the unit that `work` is given, and nothing else runs on this one. Throws where the whole unit has to fail:
   * `StoreUnavailable`, and what makes `work` of the whole unit run again.
   */
  attempt<T>(work: (unit: StoreUnit) => Promise<T>): Promise<Attempted<T>>;

  /** Held exclusively by this unit until it ends: two units on one link run one after the other. */
  link(peer: ServiceId): Promise<LinkState | null>;
  saveLink(state: LinkState): Promise<void>;
  /** EXC-6: by how much this peer's clock was ahead of ours when it last said its time, in milliseconds; null: it never did. */
  clockAhead(peer: ServiceId): Promise<number | null>;
  noteClock(peer: ServiceId, aheadMs: number): Promise<void>;
  noteContact(
    peer: ServiceId,
    contact: { at: UnixMs; failure: string | null; nextAttemptAt: UnixMs | null },
  ): Promise<void>;

  knownService(id: ServiceId): Promise<KnownService | null>;
  /** All confirmed, unrevoked partners. */
  partners(): Promise<KnownService[]>;

  enqueue(peer: ServiceId, content: OutboxItem['content'], at: UnixMs): Promise<string>;
  /** Oldest first, only items that are in no batch yet. */
  waiting(peer: ServiceId, limit: number): Promise<OutboxItem[]>;
  /** An item leaves the queue without ever being sent (its release was refused). */
  dropFromQueue(id: string): Promise<void>;

  /** Stores a formed batch and takes its items from the queue. The same epoch and sequence twice is a bug and throws. */
  saveBatch(peer: ServiceId, batch: StoredBatch, itemIds: readonly string[], at: UnixMs): Promise<void>;
  /** In order; batches already receipted are absent. */
  batches(peer: ServiceId, epoch: number, from: number, through: number): Promise<StoredBatch[]>;
  /**
   * The peer's verified receipt: payloads up to here are no longer kept. Returns the release ids that they carried and that
   * no receipt covered before. The items stay: a partner that is restored from a backup needs them again (EXC-4).
   */
  markReceipted(peer: ServiceId, epoch: number, through: number, at: UnixMs): Promise<string[]>;
  takenBatchHash(peer: ServiceId, epoch: number, sequence: number): Promise<string | null>;
  recordTakenBatch(
    peer: ServiceId,
    batch: { epoch: number; sequence: number; hash: string; signedHeader: string },
    at: UnixMs,
  ): Promise<void>;

  /**
   * What this unit is about to ask, so that the store may fetch it at once: chains of records; releases, and with
   * `partner` what that partner sees of them; copies by hash. Changes nothing but the time that it takes.
   */
  foresee(asked: {
    readonly records?: readonly RecordId[];
    readonly releases?: readonly string[];
    readonly partner?: ServiceId;
    readonly copies?: readonly RecordHash[];
  }): Promise<void>;
  /** Idempotent by hash: a copy with more disclosures adds them; nothing is ever taken away. */
  putRecord(record: VerifiedRecord, from: ServiceId | null, at: UnixMs): Promise<void>;
  head(record: RecordId): Promise<RecordHead | null>;
  setHead(head: RecordHead, at: UnixMs): Promise<void>;
  /** Every revision that we hold, oldest first; the same revision twice where its origin contradicted itself (REC-4). */
  revisions(record: RecordId): Promise<HeldRevision[]>;
  /** The stored copy with every disclosure that we hold, or null. */
  sdJwt(hash: RecordHash): Promise<string | null>;
  putOnDesk(record: RecordId, desk: string, by: string | null, at: UnixMs): Promise<void>;
  desks(record: RecordId): Promise<string[]>;

  /** What the partner may see of this revision, by the one policy; empty when it may not see the record. */
  disclosuresFor(partner: ServiceId, hash: RecordHash): Promise<VisibleDisclosure[]>;
  release(id: string): Promise<StoredRelease | null>;
  putRelease(release: StoredRelease, by: string | null, at: UnixMs): Promise<void>;
  releaseSent(
    id: string,
    sent: { epoch: number; sequence: number; index: number; digests: readonly string[] },
    at: UnixMs,
  ): Promise<void>;
  releaseDelivered(id: string, at: UnixMs): Promise<void>;
  /** Of what was read nothing is taken back. */
  releaseRefused(id: string, refused: { code: RefusalCode; by: ServiceId }, at: UnixMs): Promise<void>;
  /** The first time only, and only of what was sent. */
  releaseRead(id: string, at: UnixMs): Promise<void>;
  /** Every release of this revision to this partner, the oldest first. */
  releasesGiven(recipient: ServiceId, hash: RecordHash): Promise<(DeliveryState & { readonly id: string })[]>;
  /** The release that went as this message, if a record did. */
  releaseAt(recipient: ServiceId, epoch: number, sequence: number, index: number): Promise<string | null>;

  putHolder(
    holder: {
      record: RecordId;
      hash: RecordHash;
      holder: ServiceId;
      via: ServiceId | null;
      digests: readonly string[];
    },
    state: 'granted' | 'reported' | 'confirmed',
    at: UnixMs,
  ): Promise<void>;
  /** The holder's own verified receipt covers it. */
  confirmHolder(holder: ServiceId, hash: RecordHash, at: UnixMs): Promise<void>;

  /** Its newest revision. Held exclusively by this unit until it ends: what was read may be put back changed. */
  agreement(record: RecordId): Promise<StoredAgreement | null>;
  /**
   * Assented by both, not ended, `today` within its dates; the one assented last where there are several. Of one agreement
   * only the newest revision that both assented to: what it replaced does not come back when it expires.
   */
  agreementInForce(partner: ServiceId, today: CalendarDate): Promise<StoredAgreement | null>;
  /** Puts one revision beside the others; with an end, ends them all. */
  putAgreement(agreement: StoredAgreement): Promise<void>;

  hold(message: HeldMessage, at: UnixMs): Promise<void>;
  heldFor(waitsFor: string): Promise<HeldMessage[]>;
  /** How many messages of this peer are held. */
  heldCount(peer: ServiceId): Promise<number>;
  unhold(message: HeldMessage): Promise<void>;

  /**
   * Only the newest of each peer, and of all strangers together, are kept for long (ADM-2). Returns how often this code was
   * noted of this peer since `countedSince(at)`, with this one, or `refusalsCounted` where it was more often.
   */
  noteInboundRefusal(peer: ServiceId | null, code: RefusalCode, at: UnixMs): Promise<number>;
  appendJournal(entry: JournalEntry): Promise<void>;
}

/** How far `noteInboundRefusal` counts, and from when: each ten minutes of the clock by themselves. */
export const refusalsCounted = 100;
export function countedSince(at: UnixMs): UnixMs {
  return at - (at % 600_000);
}

/** The exchange engine's storage. One contract suite holds every adapter to these words. */
export interface Store {
  /**
   * Durable once it resolves, survives SIGKILL and power cut. Throws `StoreUnavailable`; work that throws leaves nothing.
   * `work` may run several times, when two units were in each other's way.
   */
  unit<T>(work: (unit: StoreUnit) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

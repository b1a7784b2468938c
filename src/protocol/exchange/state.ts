import type { KeyId, Primitives, ServiceId, UnixMs } from '../primitives.ts';
import type { RefusalCode } from '../refusal.ts';

export type * from './events.ts';

/** HPKE base mode: KEM X-Wing 0x647a, KDF HKDF-SHA256 0x0001, AEAD AES-256-GCM 0x0002. Pinned, never negotiated (EXC-1). */
export const sealingSuite = '647a-0001-0002';

/** In clear before the sealed part, and bound to it as the HPKE `info`. */
export interface EnvelopeHeader {
  readonly v: 1;
  readonly suite: typeof sealingSuite;
  readonly type: 'batch' | 'receipt' | 'query' | 'keys';
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly link: string;
  /** Which of the recipient's sealing keys it is sealed to. */
  readonly key: KeyId;
  readonly epoch: number;
  /** Of a batch its own, of a receipt what it confirms through, of a query the one that the next batch gets, of keys their version. */
  readonly sequence: number;
  /** SHA-256 of the signed inner header (JWS compact, ASCII), base64url: says nothing of the payload, binds it all. */
  readonly binding: string;
}

/** Signed by the sender inside the seal, as a JWS. */
export interface BatchHeader {
  readonly v: 1;
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly link: string;
  readonly epoch: number;
  /** 1, 2, 3 … per link, direction and epoch. */
  readonly sequence: number;
  /** Batch hash of the sequence before; null for the first of an epoch. A batch's hash is its envelope's `binding`. */
  readonly previous: string | null;
  /** SHA-256 of the payload, base64url. */
  readonly payloadDigest: string;
  readonly payloadBytes: number;
  /** How many messages the payload holds, so that each one of an unreadable payload can be refused by its index. */
  readonly messages: number;
}

/** Cumulative: everything through `through` is durably stored at the one who signs it. */
export interface ReceiptClaims {
  readonly v: 1;
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly link: string;
  readonly epoch: number;
  readonly through: number;
  /** Batch hash at `through`; null exactly when `through` is 0, because nothing has been taken yet. */
  readonly hash: string | null;
  /**
   * EXC-4: the `binding` of the envelope that called for it, so that its reader knows how old it can be at most: it was
   * signed after that envelope was made. Null where none did.
   */
  readonly answers: string | null;
}

/** EXC-4: signed; asks what the peer has of us, and says what we have of it. Its answer is a receipt. */
export interface QueryClaims {
  readonly v: 1;
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly link: string;
  /** Where our own batches stand: the sequence that the next one gets. */
  readonly epoch: number;
  readonly next: number;
  /** What we have taken. */
  readonly takenEpoch: number;
  readonly takenThrough: number;
  /** 32 random bytes, base64url: no answer to an earlier query answers this one. */
  readonly nonce: string;
}

/** How far batches of one direction have been taken: epochs first, then sequences; `through` 0 is before the first. */
export interface Position {
  readonly epoch: number;
  readonly through: number;
}

export interface SentBatch {
  readonly sequence: number;
  readonly hash: string;
  /** What the peer had confirmed when this was formed: an answer to it that says less proves that the peer went back. */
  readonly confirmedThen: Position;
}

/** EXC-4: a query that has no answer yet. Until it has, no new batch is formed for this link. */
export interface Asking {
  readonly confirmedThen: Position;
  /** The signed query and its envelope's binding; null until it is signed. */
  readonly query: string | null;
  readonly binding: string | null;
  /** Where our batches stood when it was formed, as it says itself. */
  readonly epoch: number;
  readonly next: number;
  /** The id of the sign effect under way. */
  readonly signing: string | null;
  /** When it was last sent, or given to be signed. */
  readonly lastSentAt: UnixMs | null;
  readonly attempts: number;
}

/** One link, both directions, as one node sees it. Never the whole node. */
export interface LinkState {
  readonly self: ServiceId;
  readonly peer: ServiceId;
  /** SHA-256 over both service ids in ascending order, base64url: the same on both sides without negotiation. */
  readonly link: string;
  readonly status: 'open' | 'stopped';
  readonly stoppedBy: RefusalCode | null;
  readonly out: {
    readonly epoch: number;
    /** The sequence that the next batch gets. */
    readonly next: number;
    readonly lastHash: string | null;
    readonly receiptedThrough: number;
    /** Batch hash at `receiptedThrough`, so that a second receipt for it with another hash is caught; null at 0. */
    readonly receiptedHash: string | null;
    /** What was confirmed before this epoch began; the beginning where it is the first. */
    readonly base: Position;
    /** The last batch that was formed before this epoch began, by us or, as far as we learned, in our name. */
    readonly formed: Position;
    readonly asking: Asking | null;
    /** Formed, stored, without a verified receipt; at most the window of its carrier. */
    readonly unreceipted: readonly SentBatch[];
    /** The id of the sign effect under way, and since when: one that never comes back is given up (see `tick`). */
    readonly signing: string | null;
    readonly signingSince: UnixMs | null;
    /** When the oldest unreceipted batch was last sent, or the last receipt made progress: resending counts from here. */
    readonly lastSentAt: UnixMs | null;
    /** Resends since the last progress. */
    readonly attempts: number;
  };
  readonly in: {
    readonly epoch: number;
    readonly through: number;
    readonly lastHash: string | null;
    /** Our newest signed receipt (JWS), carried along with every batch that we send. */
    readonly receipt: string | null;
    readonly signing: string | null;
    /** What the receipt being signed answers. */
    readonly answers: string | null;
  };
}

export interface ExchangeContext {
  readonly primitives: Primitives;
  /** Our signing key's id, for the JWS header. */
  readonly signingKeyId: KeyId;
  /** The peer's signing key by id, 32 raw bytes; undefined when unknown or revoked. */
  readonly peerKey: (key: KeyId) => Uint8Array | undefined;
  /** EXC-3: how envelopes reach the peer; `link` where it is not said. Only a link waits for the answer to a query. */
  readonly carrier?: Carrier;
}

/** Over HTTP · files by hand, receipts too · through a diode: receipts by another channel, or never. */
export type Carrier = 'link' | 'file' | 'one-way';

export const exchangeLimits = {
  envelopeBytesMax: 8 * 1024 * 1024,
  payloadBytesMax: 6 * 1024 * 1024,
  payloadDepthMax: 6,
  messagesPerBatchMax: 200,
  /** The clear header of an envelope, and the signed header or receipt within: both are a few hundred bytes. */
  headerBytesMax: 4_096,
  /** Batches formed and not yet receipted. */
  windowMax: 32,
  /** The same where a receipt may never come. */
  windowOneWayMax: 1_024,
  resendDelayMsMin: 1_000,
  resendDelayMsMax: 300_000,
  /** A signature that takes longer (a hardware key that went away) is given up; its messages are still queued. */
  signingMsMax: 60_000,
} as const;

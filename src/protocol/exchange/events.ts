/** What happens to a link, and what a step of it asks its driver to do. */
import type { UnixMs } from '../primitives.ts';
import type { RefusalCode } from '../refusal.ts';
import type { Message } from './message.ts';
import type { BatchHeader, EnvelopeHeader, LinkState, Position, QueryClaims, ReceiptClaims } from './state.ts';

export interface QueuedMessage {
  /** The driver's own id of it (an outbox row). */
  readonly id: string;
  readonly message: Message;
}

export type SignBatch = {
  readonly type: 'sign-batch';
  readonly id: string;
  readonly signingInput: Uint8Array;
  readonly header: BatchHeader;
  readonly payload: Uint8Array;
  readonly messageIds: readonly string[];
};
export type SignReceipt = {
  readonly type: 'sign-receipt';
  readonly id: string;
  readonly signingInput: Uint8Array;
  readonly claims: ReceiptClaims;
};

export type SignQuery = {
  readonly type: 'sign-query';
  readonly id: string;
  readonly signingInput: Uint8Array;
  readonly claims: QueryClaims;
};

export type ExchangeEvent =
  /**
   * The oldest waiting messages. One batch is formed of as many as fit; the rest, and all of them while another batch is
   * being signed, the window is full or the link is stopped, simply stay in the queue: no effect names them.
   */
  | { readonly type: 'messages-queued'; readonly messages: readonly QueuedMessage[]; readonly now: UnixMs }
  | { readonly type: 'batch-signed'; readonly of: SignBatch; readonly signature: Uint8Array; readonly now: UnixMs }
  /** An envelope that the keyring opened. `knownHash`: the stored hash of that epoch and sequence, if it was taken before. */
  | {
      readonly type: 'envelope-opened';
      readonly header: EnvelopeHeader;
      readonly plaintext: Uint8Array;
      readonly knownHash: string | null;
      readonly now: UnixMs;
    }
  | { readonly type: 'receipt-signed'; readonly of: SignReceipt; readonly signature: Uint8Array }
  | { readonly type: 'query-signed'; readonly of: SignQuery; readonly signature: Uint8Array; readonly now: UnixMs }
  /**
   * `restarted`: the first tick of a process, which knows that no signing of an earlier one will ever come back, and does
   * not know whether its store is the newest (EXC-4). `nonce`: 32 fresh random bytes, base64url, for a query that may be
   * due; a tick without one asks nothing.
   */
  | { readonly type: 'tick'; readonly now: UnixMs; readonly restarted?: boolean; readonly nonce?: string }
  /** REL-1: something in the batches that have no receipt may not go any more. */
  | { readonly type: 'give-up' }
  /** EXC-4: officers of both services have spoken; a link that stopped goes on. */
  | { readonly type: 'resume' };

/** Why an epoch began. */
export type EpochCause =
  /** We lost what the peer has: this node was restored. */
  | 'own-restore'
  /** The peer lost what it had confirmed. */
  | 'peer-restored'
  | 'given-up'
  | 'resumed';

/**
 * What the driver does for a step. It commits the new state together with `store-batch`, `record-batch`, `deliver`,
 * `queue`, `receipted` and `new-epoch`, all or nothing, before it performs `send`, `send-query`, `reply`, `refused` (EXC-3: acknowledged only when
 * durable). Sign effects lead to their event; losing one is healed by `tick`, and performing one twice is harmless.
 */
export type ExchangeEffect =
  | SignBatch
  | SignReceipt
  | SignQuery
  /** Store the formed batch and take its messages from the queue, in the same transaction as the state. */
  | {
      readonly type: 'store-batch';
      readonly epoch: number;
      readonly sequence: number;
      readonly hash: string;
      /** The signed inner header, JWS compact. */
      readonly signedHeader: string;
      readonly payload: Uint8Array;
      readonly messageIds: readonly string[];
    }
  /** Seal and send stored batches from `from` through `through`, in order. */
  | { readonly type: 'send'; readonly epoch: number; readonly from: number; readonly through: number }
  /** Seal and send the signed query (JWS); the answer is a receipt. */
  | { readonly type: 'send-query'; readonly query: string; readonly epoch: number; readonly next: number }
  /**
   * Every message in a batch later than `after` goes back to the queue, in its old order, to be decided on again like any
   * other; those batches are sent no more.
   */
  | { readonly type: 'new-epoch'; readonly epoch: number; readonly after: Position; readonly cause: EpochCause }
  /** A batch is taken: remember its hash and signed header, in the same transaction. */
  | {
      readonly type: 'record-batch';
      readonly epoch: number;
      readonly sequence: number;
      readonly hash: string;
      readonly signedHeader: string;
    }
  | {
      readonly type: 'deliver';
      readonly epoch: number;
      readonly sequence: number;
      readonly index: number;
      readonly message: Message;
    }
  /** Tell the peer that one message was not taken: goes to the queue like any message. */
  | { readonly type: 'queue'; readonly message: Message }
  /** Answer the envelope under way with this signed receipt (JWS); with none under way, nothing to do. */
  | { readonly type: 'reply'; readonly receipt: string; readonly epoch: number; readonly through: number }
  /** The peer's verified receipt covers our batches through here: they leave the outbox. */
  | { readonly type: 'receipted'; readonly epoch: number; readonly through: number; readonly now: UnixMs }
  /** Answer the envelope under way with this refusal: it had no effect. */
  | { readonly type: 'refused'; readonly code: RefusalCode }
  /** `evidence`: what the peer signed, against what stands at this place of its batches or ours. To be kept. */
  | { readonly type: 'link-stopped'; readonly code: RefusalCode; readonly evidence: Evidence };

export interface Evidence {
  readonly of: 'batch' | 'receipt';
  readonly epoch: number;
  readonly sequence: number;
  /** JWS. */
  readonly signed: string;
}

export interface Step {
  readonly state: LinkState;
  readonly effects: readonly ExchangeEffect[];
}

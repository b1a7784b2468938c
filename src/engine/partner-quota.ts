import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';

export interface QuotaLimits {
  /** Messages that may come at once after a silence, and how many more each second brings. */
  readonly messagesMax: number;
  readonly messagesPerSecond: number;
  /** The same in bytes of envelopes. */
  readonly bytesMax: number;
  readonly bytesPerSecond: number;
}

/** ADM-2: of one partner. What fills a window of 32 whole batches goes through at once, ten times over. */
export const quotaLimits: QuotaLimits = {
  messagesMax: 60_000,
  messagesPerSecond: 100,
  bytesMax: 2 * 1024 ** 3,
  bytesPerSecond: 1024 ** 2,
};

interface Left {
  messages: number;
  bytes: number;
  at: UnixMs;
}

/**
 * How much of this node's work one partner may ask for over its link, as a token bucket: a burst and
 * a rate. Only what is new counts: an envelope that somebody recorded and sends again costs its partner nothing.
 * Kept in memory: after a start everyone may begin anew.
 */
export class PartnerQuota {
  readonly #limits: QuotaLimits;
  readonly #left = new Map<ServiceId, Left>();

  constructor(limits: QuotaLimits = quotaLimits) {
    this.#limits = limits;
  }

  /** Whether it may bring more now. The last batch may go beyond what is left; the next one waits the longer. */
  allows(peer: ServiceId, at: UnixMs): boolean {
    const { messages, bytes } = this.#now(peer, at);
    return messages > 0 && bytes > 0;
  }

  charge(peer: ServiceId, brought: { readonly messages: number; readonly bytes: number }, at: UnixMs): void {
    const left = this.#now(peer, at);
    left.messages -= brought.messages;
    left.bytes -= brought.bytes;
    this.#left.set(peer, left);
  }

  #now(peer: ServiceId, at: UnixMs): Left {
    const { messagesMax, messagesPerSecond, bytesMax, bytesPerSecond } = this.#limits;
    const left = this.#left.get(peer);
    if (left === undefined) return { messages: messagesMax, bytes: bytesMax, at };
    // A clock that was set back gives nothing, and takes nothing away.
    const seconds = Math.max(0, at - left.at) / 1_000;
    return {
      messages: Math.min(messagesMax, left.messages + seconds * messagesPerSecond),
      bytes: Math.min(bytesMax, left.bytes + seconds * bytesPerSecond),
      at,
    };
  }
}

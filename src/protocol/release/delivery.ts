import type { UnixMs } from '../primitives.ts';

/** How far one release to one partner is, as far as its giver knows. */
export interface DeliveryState {
  readonly state: 'queued' | 'sent' | 'delivered' | 'refused';
  /** When it went for the first time as it stands; null while it waits. */
  readonly sentAt: UnixMs | null;
  readonly readAt: UnixMs | null;
  /** Whether its recipient has decided on it or answered it. */
  readonly isAnswered: boolean;
}

export const deliveryWords = ['sent', 'delivered', 'read', 'refused'] as const;
export type DeliveryWord = (typeof deliveryWords)[number];

/**
 * REL-2: a release only goes forward: queued, sent, delivered, read; or refused, which is an end. What was read or answered
 * was taken, so a refusal that comes late turns nothing back; and nothing is read that was not sent.
 */
export function mayBecome({ state, readAt, isAnswered }: DeliveryState, word: DeliveryWord): boolean {
  const isUnderWay = state === 'queued' || state === 'sent';
  switch (word) {
    case 'sent':
    case 'delivered':
      return isUnderWay;
    case 'read':
      return (state === 'sent' || state === 'delivered') && readAt === null;
    case 'refused':
      return state !== 'refused' && readAt === null && !isAnswered;
  }
}

/** REL-2: the time that its reader states, but neither before it was sent nor after its word of it came. */
export function readingTime(stated: UnixMs, sentAt: UnixMs, arrivedAt: UnixMs): UnixMs {
  return Math.max(sentAt, Math.min(stated, arrivedAt));
}

import { describe, expect, it } from 'vitest';
import { type DeliveryState, deliveryWords, mayBecome, readingTime } from './delivery.ts';

const states = ['queued', 'sent', 'delivered', 'refused'] as const;
/** Every state that a release can be in. */
const all: readonly DeliveryState[] = states.flatMap((state) =>
  (state === 'queued' || state === 'refused' ? [null] : [null, 5]).flatMap((readAt) =>
    [false, true].map((isAnswered) => ({ state, sentAt: state === 'queued' ? null : 1, readAt, isAnswered })),
  ),
);
const rank = ({ state, readAt }: DeliveryState) => (readAt !== null ? 3 : states.indexOf(state));
const after = { sent: 1, delivered: 2, read: 3, refused: 4 } as const;

describe('[REL-2] a release', () => {
  it('only goes forward, whatever word comes and however late', () => {
    for (const before of all) {
      for (const word of deliveryWords) {
        if (!mayBecome(before, word)) continue;
        // Sent again is no step back; a refusal is the end of what nobody has taken.
        expect(after[word], `${JSON.stringify(before)} ${word}`).toBeGreaterThanOrEqual(
          // That it was read stays, whatever comes of its way there.
          word === 'sent' || word === 'delivered' ? states.indexOf(before.state) : rank(before),
        );
      }
    }
  });

  it('is refused while nothing says that it was taken, and never after', () => {
    const refusable = all.filter((before) => mayBecome(before, 'refused'));
    expect(refusable.map(({ state }) => state)).toEqual(['queued', 'sent', 'delivered']);
    expect(refusable.every(({ readAt, isAnswered }) => readAt === null && !isAnswered)).toBe(true);
  });

  it('is read once, and only after it was sent', () => {
    const readable = all.filter((before) => mayBecome(before, 'read'));
    expect(new Set(readable.map(({ state }) => state))).toEqual(new Set(['sent', 'delivered']));
    expect(readable.every(({ readAt }) => readAt === null)).toBe(true);
  });

  it('is read neither before it was sent nor after its word of it came', () => {
    expect(readingTime(150, 100, 200)).toBe(150);
    expect(readingTime(0, 100, 200)).toBe(100);
    expect(readingTime(253_402_300_799_999, 100, 200)).toBe(200);
    // A clock of ours that was set back meanwhile.
    expect(readingTime(150, 300, 200)).toBe(300);
  });
});

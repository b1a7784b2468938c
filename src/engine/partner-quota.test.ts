import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartnerQuota } from './partner-quota.ts';

const limits = { messagesMax: 10, messagesPerSecond: 2, bytesMax: 1_000, bytesPerSecond: 100 };

describe('[ADM-2] what one partner may bring in a time', () => {
  it('is a burst, and then so much each second', () => {
    const quota = new PartnerQuota(limits);
    quota.charge('one', { messages: 10, bytes: 10 }, 0);
    expect([0, 400, 600].map((at) => quota.allows('one', at))).toEqual([false, true, true]);
    quota.charge('one', { messages: 4, bytes: 10 }, 1_000);
    expect([1_000, 2_000, 2_100].map((at) => quota.allows('one', at))).toEqual([false, false, true]);
  });

  it('counts bytes as well as messages, and no partner for another', () => {
    const quota = new PartnerQuota(limits);
    quota.charge('one', { messages: 1, bytes: 1_200 }, 0);
    expect(quota.allows('one', 1_000)).toBe(false);
    expect(quota.allows('one', 3_000)).toBe(true);
    expect(quota.allows('other', 0)).toBe(true);
  });

  it('lets no more through than burst and rate together, whatever the clock does, but for the last batch', () => {
    const step = fc.record({
      later: fc.integer({ min: -5_000, max: 5_000 }),
      messages: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const quota = new PartnerQuota(limits);
        let at = 100_000;
        let forward = 0;
        let through = 0;
        for (const { later, messages } of steps) {
          at += later;
          forward += Math.max(0, later);
          if (!quota.allows('one', at)) continue;
          quota.charge('one', { messages, bytes: 1 }, at);
          through += messages;
        }
        expect(through).toBeLessThanOrEqual(10 + (forward / 1_000) * 2 + 6);
      }),
    );
  });
});

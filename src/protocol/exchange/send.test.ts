import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkEnd, note, only } from '#sim/link-end.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Message } from './message.ts';
import { resendDelayMs } from './send.ts';
import { exchangeLimits } from './state.ts';
import { initialLink } from './step.ts';

const { windowMax, messagesPerBatchMax, payloadBytesMax, resendDelayMsMin, resendDelayMsMax, signingMsMax } =
  exchangeLimits;

describe('[EXC-1] a link', () => {
  it('has one name on both sides, and another with anyone else', () => {
    const [one, other] = LinkEnd.pair();
    expect(one.state.link).toBe(other.state.link);
    const { primitives } = one.context;
    expect(initialLink(one.state.self, 'X'.repeat(43), primitives).link).not.toBe(one.state.link);
  });
});

describe('[EXC-2] forming batches', () => {
  it('numbers them from 1 and chains each to the one before', () => {
    const [one] = LinkEnd.pair();
    const first = only('sign-batch', one.queue([note(1)]));
    expect(first.header).toMatchObject({ sequence: 1, previous: null, messages: 1, epoch: 1 });
    const stored = one.step({
      type: 'batch-signed',
      of: first,
      signature: one.keys.sign(first.signingInput),
      now: one.now,
    });
    const { hash } = only('store-batch', stored);
    expect(only('send', stored)).toEqual({ type: 'send', epoch: 1, from: 1, through: 1 });
    expect(only('sign-batch', one.queue([note(2)])).header).toMatchObject({ sequence: 2, previous: hash });
  });

  it('takes as many of the oldest messages as one batch holds, in their order', () => {
    const [one] = LinkEnd.pair();
    const many = Array.from({ length: messagesPerBatchMax + 5 }, (_, index) => note(index));
    const batch = only('sign-batch', one.queue(many));
    expect(batch.messageIds).toEqual(many.slice(0, messagesPerBatchMax).map((_, index) => `${index}`));
    const payload = JSON.parse(Buffer.from(batch.payload).toString()) as { messages: Message[] };
    expect(payload.messages).toEqual(many.slice(0, messagesPerBatchMax));
  });

  it('stops before the bytes of a payload are passed, and counts them as they are encoded', () => {
    const big = (fill: string): Message => ({ type: 'record', sdJwt: fill.repeat(2_200_000) });
    const [one] = LinkEnd.pair();
    const batch = only('sign-batch', one.queue([big('a'), big('b'), big('c')]));
    expect(batch.messageIds).toEqual(['0', '1']);
    expect(batch.payload.length).toBeLessThanOrEqual(payloadBytesMax);
    // escapes double it, so that one is all that fits
    const [other] = LinkEnd.pair();
    expect(only('sign-batch', other.queue([big('"'), big('"')])).messageIds).toEqual(['0']);
  });

  it('reaches the limit exactly', () => {
    const empty = canonicalJson({ messages: [{ type: 'record', sdJwt: '' }], receipt: null }).length;
    const [one] = LinkEnd.pair();
    const fits = { type: 'record', sdJwt: 'a'.repeat(payloadBytesMax - empty) } as const;
    const batch = only('sign-batch', one.queue([fits]));
    expect(batch.payload.length).toBe(payloadBytesMax);
    const [other] = LinkEnd.pair();
    expect(other.queue([{ type: 'record', sdJwt: `${fits.sdJwt}a` }])).toEqual([]);
  });

  it('leaves everything queued when there is nothing, or a batch is being signed', () => {
    const [one] = LinkEnd.pair();
    expect(one.queue([])).toEqual([]);
    only('sign-batch', one.queue([note(1)]));
    const signing = one.state;
    expect(one.queue([note(1), note(2)])).toEqual([]);
    expect(one.state).toEqual(signing);
  });

  it('leaves everything queued while the window is full, and goes on after a receipt', () => {
    const [one, other] = LinkEnd.pair();
    const replies = Array.from({ length: windowMax }, (_, index) => {
      const batch = one.form(note(index));
      return only('reply', other.receive(one.envelope(batch, other)));
    });
    const full = one.state;
    expect(full.out.unreceipted).toHaveLength(windowMax);
    expect(one.queue([note(99)])).toEqual([]);
    expect(one.state).toEqual(full);
    one.receive(other.receiptEnvelope(replies[0] as never, one));
    expect(one.form(note(99)).sequence).toBe(windowMax + 1);
  });

  it('carries our newest receipt along', () => {
    const [one, other] = LinkEnd.pair();
    const batch = one.form(note(1));
    const { receipt } = only('reply', other.receive(one.envelope(batch, other)));
    const back = other.form(note(2));
    expect(JSON.parse(Buffer.from(back.payload).toString())).toHaveProperty('receipt', receipt);
    const effects = one.receive(other.envelope(back, one));
    expect(only('receipted', effects)).toMatchObject({ epoch: 1, through: 1 });
    expect(one.state.out.unreceipted).toEqual([]);
  });
});

describe('[EXC-3] a signature that never comes back', () => {
  it('is given up by the first tick after a restart, and its sequence used for what is queued then', () => {
    const [one] = LinkEnd.pair();
    const lost = only('sign-batch', one.queue([note(1)]));
    one.step({ type: 'tick', now: one.now, restarted: true });
    expect(one.state.out).toMatchObject({ signing: null, next: 1, unreceipted: [] });
    const again = only('sign-batch', one.queue([note(1), note(2)]));
    expect(again.header.sequence).toBe(1);
    expect(again.id).not.toBe(lost.id);

    const late = one.step({
      type: 'batch-signed',
      of: lost,
      signature: one.keys.sign(lost.signingInput),
      now: one.now,
    });
    expect(late).toEqual([]);
    const signed = one.step({
      type: 'batch-signed',
      of: again,
      signature: one.keys.sign(again.signingInput),
      now: one.now,
    });
    expect(only('store-batch', signed).messageIds).toEqual(['0', '1']);
  });

  it('is given up after its time, not before', () => {
    const [one] = LinkEnd.pair();
    only('sign-batch', one.queue([note(1)]));
    one.step({ type: 'tick', now: one.now + signingMsMax - 1 });
    expect(one.state.out.signing).not.toBeNull();
    one.step({ type: 'tick', now: one.now + signingMsMax });
    expect(one.state.out.signing).toBeNull();
  });

  it('comes back twice and is stored once', () => {
    const [one] = LinkEnd.pair();
    const of = only('sign-batch', one.queue([note(1)]));
    const signed = { type: 'batch-signed', of, signature: one.keys.sign(of.signingInput), now: one.now } as const;
    only('store-batch', one.step(signed));
    expect(one.step(signed)).toEqual([]);
    expect(one.state.out.next).toBe(2);
  });

  it('is asked for again where a receipt was lost, with the same id and the same bytes', () => {
    const [one, other] = LinkEnd.pair();
    const opened = one.envelope(one.form(note(1)), other);
    const lost = only('sign-receipt', other.step(opened));
    expect(only('sign-receipt', other.step({ type: 'tick', now: other.now, restarted: true }))).toEqual(lost);
    expect(only('sign-receipt', other.step({ ...opened, knownHash: opened.header.binding }))).toEqual(lost);
    const signature = other.keys.sign(lost.signingInput);
    const reply = only('reply', other.step({ type: 'receipt-signed', of: lost, signature }));
    expect(other.step({ type: 'receipt-signed', of: lost, signature })).toEqual([reply]);
    expect(other.step({ type: 'tick', now: other.now })).toEqual([]);
  });

  it('is asked for anew by every envelope, because an older signature does not tell how things stand now', () => {
    const [one, other] = LinkEnd.pair();
    const first = one.envelope(one.form(note(1)), other);
    other.receive(first);
    const again = only('sign-receipt', other.step({ ...first, knownHash: first.header.binding }));
    expect(again.claims).toMatchObject({ through: 1, answers: first.header.binding });
    const second = one.envelope(one.form(note(2)), other);
    const lost = only('sign-receipt', other.step(second));
    expect(lost.claims).toMatchObject({ through: 2, answers: second.header.binding });
    expect(other.step({ ...second, knownHash: second.header.binding })).toEqual([lost]);
  });

  it('and one for less than is taken by now still answers, but is not kept as the newest', () => {
    const [one, other] = LinkEnd.pair();
    const [first, second] = [one.form(note(1)), one.form(note(2))];
    const slow = only('sign-receipt', other.step(one.envelope(first, other)));
    const { receipt } = only('reply', other.receive(one.envelope(second, other)));
    const signature = other.keys.sign(slow.signingInput);
    const late = only('reply', other.step({ type: 'receipt-signed', of: slow, signature }));
    expect(late.through).toBe(1);
    expect(other.state.in.receipt).toBe(receipt);
    expect(only('receipted', one.receive(other.receiptEnvelope(late, one))).through).toBe(1);
  });
});

describe('[EXC-2] resending', () => {
  const tick = (end: LinkEnd, afterMs: number) => {
    end.now += afterMs;
    return end.step({ type: 'tick', now: end.now });
  };

  it('goes back to the first batch without a receipt, ever more slowly up to the longest delay', () => {
    const [one] = LinkEnd.pair();
    one.form(note(1));
    one.form(note(2));
    for (let attempt = 0; attempt < 12; attempt++) {
      const delayMs = Math.min(resendDelayMsMax, resendDelayMsMin * 2 ** attempt);
      expect(tick(one, delayMs - 1), `attempt ${attempt}`).toEqual([]);
      expect(tick(one, 1)).toEqual([{ type: 'send', epoch: 1, from: 1, through: 2 }]);
    }
  });

  it('has a delay between the limits for any number of attempts', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (attempts) => {
        const delayMs = resendDelayMs(attempts);
        expect(delayMs).toBeGreaterThanOrEqual(resendDelayMsMin);
        expect(delayMs).toBeLessThanOrEqual(resendDelayMsMax);
        expect(resendDelayMs(attempts + 1)).toBeGreaterThanOrEqual(delayMs);
      }),
    );
  });

  it('is not put off by batches that are formed meanwhile', () => {
    const [one] = LinkEnd.pair();
    one.form(note(1));
    one.now += resendDelayMsMin - 1;
    one.form(note(2));
    expect(tick(one, 1)).toEqual([{ type: 'send', epoch: 1, from: 1, through: 2 }]);
  });

  it('starts anew with every progress, from the batch after it', () => {
    const [one, other] = LinkEnd.pair();
    const first = one.form(note(1));
    one.form(note(2));
    tick(one, 1_000);
    tick(one, 2_000);
    const reply = only('reply', other.receive(one.envelope(first, other)));
    one.receive(other.receiptEnvelope(reply, one));
    expect(one.state.out.attempts).toBe(0);
    expect(tick(one, resendDelayMsMin - 1)).toEqual([]);
    expect(tick(one, 1)).toEqual([{ type: 'send', epoch: 1, from: 2, through: 2 }]);
  });

  it('is quiet when everything has its receipt', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    expect(tick(one, 10 * resendDelayMsMax)).toEqual([]);
  });

  it('takes along what went unanswered when a new batch is formed meanwhile', () => {
    const [one] = LinkEnd.pair();
    one.form(note(1));
    tick(one, resendDelayMsMin);
    const of = only('sign-batch', one.queue([note(2)]));
    const signature = one.keys.sign(of.signingInput);
    const effects = one.step({ type: 'batch-signed', of, signature, now: one.now });
    expect(only('send', effects)).toMatchObject({ from: 1, through: 2 });
  });

  it('does not wait when the peer shows that it is there again, or we start again', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    for (let attempt = 0; attempt < 9; attempt++) tick(one, resendDelayMsMax);
    expect(tick(one, resendDelayMsMin)).toEqual([]);
    one.receive(other.envelope(other.form(note(2)), one));
    expect(only('send', tick(one, 0))).toMatchObject({ from: 1, through: 1 });
    expect(tick(one, resendDelayMsMin)).toEqual([]);
    const restarted = one.step({ type: 'tick', now: one.now, restarted: true });
    expect(only('send', restarted)).toMatchObject({ from: 1, through: 1 });
  });

  it('is not silenced by a clock that was set back', () => {
    const [one] = LinkEnd.pair();
    one.form(note(1));
    expect(only('send', tick(one, -7 * 86_400_000))).toMatchObject({ from: 1, through: 1 });
    only('sign-batch', one.queue([note(2)]));
    tick(one, -86_400_000);
    expect(one.state.out.signing).toBeNull();
  });
});

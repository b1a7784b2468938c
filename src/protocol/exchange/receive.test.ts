import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkEnd, note, type Opened, only } from '#sim/link-end.ts';
import { payloadOf, signed } from '#sim/signed-envelope.ts';
import type { Json } from '../primitives.ts';
import { receiptType } from './receipt.ts';
import { exchangeLimits } from './state.ts';

const code = (to: LinkEnd, opened: Opened) => only('refused', to.receive(opened)).code;
const claimsOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as object;
const oneNote = payloadOf(note(1) as unknown as Json);

describe('[EXC-2] taking batches', () => {
  it('delivers each message with its place and answers with a signed receipt', () => {
    const [one, other] = LinkEnd.pair();
    const batch = one.form(note(1), note(2));
    const effects = other.receive(one.envelope(batch, other));
    expect(effects.map(({ type }) => type)).toEqual(['record-batch', 'deliver', 'deliver', 'reply']);
    const { hash, signedHeader } = batch;
    expect(effects[0]).toEqual({ type: 'record-batch', epoch: 1, sequence: 1, hash, signedHeader });
    expect(effects[2]).toEqual({ type: 'deliver', epoch: 1, sequence: 1, index: 1, message: note(2) });
    expect(other.state.in).toMatchObject({ through: 1, lastHash: batch.hash });
  });

  it('answers a duplicate with the receipt, and delivers nothing', () => {
    const [one, other] = LinkEnd.pair();
    const first = one.envelope(one.form(note(1)), other);
    const second = one.envelope(one.form(note(2)), other);
    other.receive(first);
    const { receipt } = only('reply', other.receive(second));
    const { through, lastHash } = other.state.in;
    for (const again of [second, first, second]) {
      const effects = other.receive(again);
      expect(effects).toMatchObject([{ type: 'reply', epoch: 1, through: 2 }]);
      expect(claimsOf(only('reply', effects).receipt)).toEqual({
        ...claimsOf(receipt),
        answers: again.header.binding,
      });
      expect(other.state.in).toMatchObject({ through, lastHash });
    }
  });

  it('takes nothing ahead of a gap, answers with the receipt for what it has, and goes on when the gap is filled', () => {
    const [one, other] = LinkEnd.pair();
    const [first, second, third] = [1, 2, 3].map((at) => one.envelope(one.form(note(at)), other)) as [
      Opened,
      Opened,
      Opened,
    ];
    other.receive(first);
    const gap = other.receive(third);
    expect(gap).toEqual([only('reply', gap)]);
    expect(only('reply', gap).through).toBe(1);
    expect(other.state.in.through).toBe(1);
    other.receive(second);
    expect(only('reply', other.receive(third)).through).toBe(3);
  });

  it('answers a gap before anything was taken with a receipt for nothing, which has no hash', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    const second = one.form(note(2));
    const asked = only('sign-receipt', other.step(one.envelope(second, other)));
    expect(asked.claims).toMatchObject({ through: 0, hash: null });
    const reply = only('reply', other.receive(one.envelope(second, other)));
    expect(reply.through).toBe(0);
    expect(one.receive(other.receiptEnvelope(reply, one))).toEqual([]);
    expect(one.state.out).toMatchObject({ receiptedThrough: 0, receiptedHash: null });
    expect(one.state.out.unreceipted).toHaveLength(2);
  });

  it('takes every batch exactly once and in order, whatever the network does', () => {
    const arrivals = fc.array(fc.nat(9), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(arrivals, (order) => {
        const [one, other] = LinkEnd.pair();
        const envelopes = Array.from({ length: 10 }, (_, at) => one.envelope(one.form(note(at)), other));
        const delivered = order.flatMap((at) =>
          other.receive(envelopes[at] as Opened).flatMap((effect) => (effect.type === 'deliver' ? [effect] : [])),
        );
        expect(delivered.map(({ message }) => message)).toEqual(delivered.map((_, at) => note(at)));
        expect(other.state.in.through).toBe(delivered.length);
        expect(other.state.status).toBe('open');
      }),
    );
  });
});

describe('[EXC-1] an envelope has no effect when', () => {
  it('it names another sender, recipient or link than this one', () => {
    const [one, other] = LinkEnd.pair();
    for (const field of ['from', 'to', 'link']) {
      const opened = signed(one, other, oneNote, { outside: { [field]: 'B'.repeat(43) } });
      expect(code(other, opened), field).toBe('envelope-not-for-us');
    }
    // sent back to its own author
    expect(code(one, signed(one, other, oneNote))).toBe('envelope-not-for-us');
  });

  it('its header outside is not the one signed inside', () => {
    const [one, other] = LinkEnd.pair();
    for (const outside of [{ epoch: 2 }, { sequence: 2 }, { binding: 'B'.repeat(43) }]) {
      expect(code(other, signed(one, other, oneNote, { outside }))).toBe('envelope-binding-mismatch');
    }
    for (const inside of [{ from: 'C'.repeat(42).concat('A') }, { link: 'C'.repeat(42).concat('A') }]) {
      expect(code(other, signed(one, other, oneNote, { inside }))).toBe('envelope-binding-mismatch');
    }
  });

  it('its signature is another’s or of another kind of statement', () => {
    const [one, other] = LinkEnd.pair();
    const [stranger] = LinkEnd.pair();
    const forged = { ...one.keys, sign: () => new Uint8Array(64).fill(9) };
    expect(code(other, signed(Object.assign(stranger, { keys: forged }), other, oneNote))).toBe(
      'envelope-signature-invalid',
    );
    expect(code(other, signed(one, other, oneNote, { type: receiptType }))).toBe('envelope-malformed');
    const revoked = Object.assign(other, { context: { ...other.context, peerKey: () => undefined } });
    expect(code(revoked, signed(one, other, oneNote))).toBe('envelope-key-unknown');
  });

  it('its payload is not the one signed', () => {
    const [one, other] = LinkEnd.pair();
    const payloadDigest = 'D'.repeat(42).concat('A');
    expect(code(other, signed(one, other, oneNote, { inside: { payloadDigest } }))).toBe('envelope-binding-mismatch');
    for (const payloadBytes of [oneNote.length - 40, oneNote.length + 40, 0]) {
      expect(code(other, signed(one, other, oneNote, { inside: { payloadBytes } }))).toBe('envelope-malformed');
    }
  });

  it('its padding is not zero, too long or too short', () => {
    const [one, other] = LinkEnd.pair();
    const opened = signed(one, other, oneNote);
    const { plaintext } = opened;
    expect(plaintext.at(-1)).toBe(0);
    expect(code(other, { ...opened, plaintext: plaintext.with(-1, 1) })).toBe('envelope-malformed');
    expect(code(other, { ...opened, plaintext: plaintext.subarray(0, -1) })).toBe('envelope-malformed');
    expect(code(other, { ...opened, plaintext: new Uint8Array([...plaintext, 0]) })).toBe('envelope-malformed');
    only('reply', other.receive(opened));
  });

  it('its signed header has a field more, fewer or of a wrong form', () => {
    const [one, other] = LinkEnd.pair();
    const wrong: object[] = [
      { extra: 1 },
      { v: 2 },
      { messages: 0 },
      { messages: exchangeLimits.messagesPerBatchMax + 1 },
      { payloadBytes: exchangeLimits.payloadBytesMax + 1 },
      { payloadBytes: 1.5 },
      { previous: 'A'.repeat(43) },
      { sequence: 2, previous: null },
      { sequence: 2 ** 31, previous: 'A'.repeat(43) },
      { payloadDigest: 'A'.repeat(42).concat('B') },
    ];
    for (const inside of wrong) {
      expect(code(other, signed(one, other, oneNote, { inside })), JSON.stringify(inside)).toBe('envelope-malformed');
    }
    expect(other.state.in.through).toBe(0);
  });

  it('any byte of it was changed', () => {
    const [one, other] = LinkEnd.pair();
    const opened = one.envelope(one.form(note(1), note(2)), other);
    const { state } = other;
    fc.assert(
      fc.property(fc.nat(opened.plaintext.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const plaintext = opened.plaintext.with(at, (opened.plaintext[at] as number) ^ flip);
        expect(code(other, { ...opened, plaintext })).toMatch(/^envelope-/);
        expect(other.state).toEqual(state);
      }),
    );
    only('reply', other.receive(opened));
  });
});

describe('[EXC-4] a link stops for good', () => {
  it('when a sequence comes with a second content, newest or older', () => {
    for (const sequence of [1, 2]) {
      const [one, other] = LinkEnd.pair();
      const batches = [one.form(note(1)), one.form(note(2))];
      for (const batch of batches) other.receive(one.envelope(batch, other));
      const previous = sequence === 1 ? null : (batches[0]?.hash ?? null);
      const effects = other.receive(signed(one, other, payloadOf({ type: 'x' }), { inside: { sequence, previous } }));
      expect(effects).toEqual([
        { type: 'link-stopped', code: 'sequence-reused', evidence: expect.objectContaining({ of: 'batch', sequence }) },
        { type: 'refused', code: 'sequence-reused' },
      ]);
      expect(other.state).toMatchObject({ status: 'stopped', stoppedBy: 'sequence-reused', in: { through: 2 } });
    }
  });

  it('when a batch does not follow the one before', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    const effects = other.receive(signed(one, other, oneNote, { inside: { previous: 'A'.repeat(43) } }));
    expect(only('link-stopped', effects).code).toBe('sequence-chain-broken');
    expect(other.state.in.through).toBe(1);
  });

  it('then refuses everything, sends nothing, and keeps what is queued and unreceipted', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    other.form(note(2));
    const late = only('sign-batch', other.queue([note(3)]));
    other.receive(signed(one, other, oneNote, { inside: { previous: 'A'.repeat(43) } }));
    const { state } = other;

    expect(other.receive(one.envelope(one.form(note(4)), other))).toEqual([{ type: 'refused', code: 'link-stopped' }]);
    expect(other.queue([note(5)])).toEqual([]);
    expect(other.step({ type: 'tick', now: other.now + 1e9, restarted: true })).toEqual([]);
    expect(other.state).toEqual(state);
    expect(other.state.out.unreceipted).toHaveLength(1);
    const signature = other.keys.sign(late.signingInput);
    expect(other.step({ type: 'batch-signed', of: late, signature, now: other.now })).toEqual([]);
    expect(other.state.out).toMatchObject({ next: 2, signing: null });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkEnd, note, only } from '#sim/link-end.ts';
import { canonicalJson } from '../canonical-json.ts';
import { jwsCompact, jwsSigningInput } from '../jws.ts';
import { batchType } from './batch.ts';
import { receiptType } from './receipt.ts';

const someHash = 'H'.repeat(42).concat('A');

/** A receipt that `from` signs for `to` with any claims. */
function receiptOf(from: LinkEnd, change: object, { type = receiptType, sign = from.keys.sign } = {}): string {
  const { self, peer, link } = from.state;
  const claims = { v: 1, from: self, to: peer, link, epoch: 1, through: 1, hash: someHash, answers: null, ...change };
  const input = jwsSigningInput(type, from.context.signingKeyId, canonicalJson(claims));
  return jwsCompact(input, sign(input));
}

function answered(one: LinkEnd, other: LinkEnd, receipt: string, place: { epoch?: number; through?: number } = {}) {
  const reply = { type: 'reply', receipt, epoch: place.epoch ?? 1, through: place.through ?? 1 } as const;
  return one.receive(other.receiptEnvelope(reply, one));
}

describe('[EXC-2] a receipt', () => {
  it('is cumulative: it covers every batch through its own', () => {
    const [one, other] = LinkEnd.pair();
    const batches = [1, 2, 3].map((at) => one.form(note(at)));
    const replies = batches.map((batch) => only('reply', other.receive(one.envelope(batch, other))));
    const effects = one.receive(other.receiptEnvelope(replies[1] as never, one));
    expect(effects).toEqual([{ type: 'receipted', epoch: 1, through: 2, now: one.now }]);
    expect(one.state.out).toMatchObject({ receiptedThrough: 2, receiptedHash: batches[1]?.hash });
    expect(one.state.out.unreceipted).toMatchObject([{ sequence: 3, hash: batches[2]?.hash }]);
  });

  it('has an effect once, and an old one none', () => {
    const [one, other] = LinkEnd.pair();
    const replies = [1, 2].map((at) => only('reply', other.receive(one.envelope(one.form(note(at)), other))));
    const envelopes = replies.map((reply) => other.receiptEnvelope(reply, one));
    only('receipted', one.receive(envelopes[1] as never));
    const { state } = one;
    for (const envelope of envelopes) expect(one.receive(envelope)).toEqual([]);
    expect(one.state).toEqual(state);
  });

  it('in any order and number leads to the same state as the newest alone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 20 }), (order) => {
        const [one, other] = LinkEnd.pair();
        const replies = [0, 1, 2, 3, 4, 5].map((at) =>
          only('reply', other.receive(one.envelope(one.form(note(at)), other))),
        );
        const through = [...order, 5].map((at) => one.receive(other.receiptEnvelope(replies[at] as never, one)));
        expect(one.state.out).toMatchObject({ receiptedThrough: 6, unreceipted: [], attempts: 0 });
        expect(through.flat().every(({ type }) => type === 'receipted')).toBe(true);
      }),
    );
  });

  it('of an epoch that is over has no effect, of one that never was is refused', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    const ahead = answered(one, other, receiptOf(other, { epoch: 2 }), { epoch: 2 });
    expect(ahead).toEqual([{ type: 'refused', code: 'epoch-unknown' }]);
    one.state = { ...one.state, out: { ...one.state.out, epoch: 3, next: 1, formed: { epoch: 2, through: 5 } } };
    expect(answered(one, other, receiptOf(other, { epoch: 2 }), { epoch: 2 })).toEqual([]);
  });
});

describe('[EXC-2] a receipt is invalid, and has no effect, when', () => {
  it.each<[string, object]>([
    ['it is for another service', { to: someHash }],
    ['it is from another service', { from: someHash }],
    ['it is for another link', { link: someHash }],
    ['it is of another version', { v: 2 }],
    ['it says more', { more: 1 }],
    ['it names no number', { through: '1' }],
    ['it covers nothing, with a hash', { through: 0 }],
    ['it covers something, without a hash', { hash: null }],
    ['its hash is none', { hash: 'x' }],
    ['it answers what has no hash', { answers: 'x' }],
    ['its number could not be stored', { through: 2 ** 31 }],
  ])('%s', (_, change) => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    expect(answered(one, other, receiptOf(other, change))).toEqual([{ type: 'refused', code: 'receipt-invalid' }]);
    expect(one.state).toMatchObject({ status: 'open', out: { receiptedThrough: 0 } });
  });

  it('its signature is not the peer’s, or was made for something else', () => {
    const [one, other] = LinkEnd.pair();
    const { hash } = one.form(note(1));
    const forged = receiptOf(other, { hash }, { sign: () => new Uint8Array(64).fill(1) });
    expect(only('refused', answered(one, other, forged)).code).toBe('receipt-invalid');
    expect(only('refused', answered(one, other, receiptOf(one, { hash }))).code).toBe('receipt-invalid');
    const otherType = receiptOf(other, { hash }, { type: batchType });
    expect(only('refused', answered(one, other, otherType)).code).toBe('receipt-invalid');
    expect(only('receipted', answered(one, other, receiptOf(other, { hash }))).through).toBe(1);
  });

  it('its envelope says another number outside, or carries more', () => {
    const [one, other] = LinkEnd.pair();
    const { hash } = one.form(note(1));
    const receipt = receiptOf(other, { hash });
    for (const outside of [{ through: 2 }, { epoch: 2 }]) {
      expect(only('refused', answered(one, other, receipt, outside)).code).toBe('envelope-binding-mismatch');
    }
    const opened = other.receiptEnvelope({ type: 'reply', receipt, epoch: 1, through: 1 }, one);
    const plaintext = opened.plaintext.with(-1, 1);
    expect(only('refused', one.receive({ ...opened, plaintext })).code).toBe('envelope-malformed');
  });
});

describe('[EXC-4] a signed receipt that contradicts us stops the link', () => {
  it('when it covers what was never sent', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    const signed = receiptOf(other, { through: 2 });
    const effects = answered(one, other, signed, { through: 2 });
    expect(effects).toEqual([
      { type: 'link-stopped', code: 'receipt-ahead', evidence: { of: 'receipt', epoch: 1, sequence: 2, signed } },
      { type: 'refused', code: 'receipt-ahead' },
    ]);
    expect(one.state).toMatchObject({ status: 'stopped', out: { unreceipted: [{ sequence: 1 }] } });
  });

  it('when its hash is not the batch’s, before or after a true one', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    expect(only('link-stopped', answered(one, other, receiptOf(other, {}))).code).toBe('receipt-mismatch');

    const [again, there] = LinkEnd.pair();
    again.exchange(there, note(1));
    expect(only('link-stopped', answered(again, there, receiptOf(there, {}))).code).toBe('receipt-mismatch');
  });

  it('also when it is carried within a batch, which then has no effect', () => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    other.state = { ...other.state, in: { ...other.state.in, receipt: receiptOf(other, {}) } };
    const effects = one.receive(other.envelope(other.form(note(2)), one));
    expect(effects.map(({ type }) => type)).toEqual(['link-stopped', 'refused']);
    expect(only('link-stopped', effects).code).toBe('receipt-mismatch');
    expect(one.state.in.through).toBe(0);
  });
});

describe('[ADM-1] a carried receipt that is merely invalid', () => {
  it.each<[string, (other: LinkEnd) => string]>([
    ['no JWS', () => 'x'],
    ['forged', (other) => receiptOf(other, {}, { sign: () => new Uint8Array(64).fill(1) })],
    ['of another epoch', (other) => receiptOf(other, { epoch: 7 })],
    ['too long', () => 'x'.repeat(100_000)],
  ])('(%s) is passed over, and the batch around it is taken', (_, receipt) => {
    const [one, other] = LinkEnd.pair();
    one.form(note(1));
    other.state = { ...other.state, in: { ...other.state.in, receipt: receipt(other) } };
    const effects = one.receive(other.envelope(other.form(note(2)), one));
    expect(effects.map(({ type }) => type)).toEqual(['record-batch', 'deliver', 'reply']);
    expect(one.state.out.unreceipted).toHaveLength(1);
  });
});

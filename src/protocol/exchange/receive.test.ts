import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkEnd, note, type Opened, only } from '#sim/link-end.ts';
import { canonicalJson } from '../canonical-json.ts';
import { ascii, base64url, utf8 } from '../encoding.ts';
import { jwsCompact, jwsSigningInput } from '../jws.ts';
import type { Json } from '../primitives.ts';
import { recordLimits } from '../record/record.ts';
import { batchType } from './batch.ts';
import { sealedPlaintext } from './plaintext.ts';
import { receiptType } from './receipt.ts';
import { type BatchHeader, exchangeLimits } from './state.ts';

/** An envelope that `from` signs over any payload bytes and any header, inside and outside. */
function signed(
  from: LinkEnd,
  to: LinkEnd,
  payload: Uint8Array,
  { inside = {}, outside = {}, type = batchType }: { inside?: object; outside?: object; type?: string } = {},
): Opened {
  const { sha256 } = from.context.primitives;
  const { self, peer, link, out } = from.state;
  const header: BatchHeader = {
    v: 1,
    from: self,
    to: peer,
    link,
    epoch: 1,
    sequence: out.next,
    previous: out.lastHash,
    payloadDigest: base64url(sha256(payload)),
    payloadBytes: payload.length,
    messages: 1,
    ...inside,
  };
  const input = jwsSigningInput(type, from.context.signingKeyId, canonicalJson({ ...header }));
  const jws = jwsCompact(input, from.keys.sign(input));
  const outer = {
    v: 1,
    suite: '647a-0001-0002',
    type: 'batch',
    from: self,
    to: peer,
    link,
    key: 'K'.repeat(42).concat('A'),
    epoch: 1,
    sequence: header.sequence,
    binding: base64url(sha256(ascii(jws))),
    ...outside,
  } as Opened['header'];
  return to.opened(outer, sealedPlaintext(jws, payload));
}

const payloadOf = (...messages: Json[]) => utf8(canonicalJson({ messages, receipt: null }));
const code = (to: LinkEnd, opened: Opened) => only('refused', to.receive(opened)).code;
const oneNote = payloadOf(note(1) as unknown as Json);

describe('[EXC-2] taking batches', () => {
  it('delivers each message with its place and answers with a signed receipt', () => {
    const [one, other] = LinkEnd.pair();
    const batch = one.form(note(1), note(2));
    const effects = other.receive(one.envelope(batch, other));
    expect(effects.map(({ type }) => type)).toEqual(['record-batch', 'deliver', 'deliver', 'reply']);
    expect(effects[0]).toEqual({ type: 'record-batch', epoch: 1, sequence: 1, hash: batch.hash });
    expect(effects[2]).toEqual({ type: 'deliver', sequence: 1, index: 1, message: note(2) });
    expect(other.state.in).toMatchObject({ through: 1, lastHash: batch.hash });
  });

  it('answers a duplicate with the receipt, and delivers nothing', () => {
    const [one, other] = LinkEnd.pair();
    const first = one.envelope(one.form(note(1)), other);
    const second = one.envelope(one.form(note(2)), other);
    other.receive(first);
    const { receipt } = only('reply', other.receive(second));
    const { state } = other;
    for (const again of [second, first, second]) {
      expect(other.receive(again)).toEqual([{ type: 'reply', receipt, epoch: 1, through: 2 }]);
      expect(other.state).toEqual(state);
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

  it('it is of another epoch', () => {
    const [one, other] = LinkEnd.pair();
    const epoch = { epoch: 2 };
    expect(code(other, signed(one, other, oneNote, { inside: epoch, outside: epoch }))).toBe('epoch-unknown');
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

describe('[ADM-1] one bad message', () => {
  const taken = (payload: Uint8Array, messages: number) => {
    const [one, other] = LinkEnd.pair();
    const effects = other.receive(signed(one, other, payload, { inside: { messages } }));
    only('reply', effects);
    const refusals = effects.flatMap((effect) => (effect.type === 'queue' ? [effect.message] : []));
    return { effects, refusals, delivered: effects.filter(({ type }) => type === 'deliver') };
  };

  it('is refused by its place with a code, and the others are delivered', () => {
    const good = note(7) as unknown as Json;
    const { refusals, delivered } = taken(payloadOf(good, { type: 'gossip' }, good, [], { type: 'record' }, good), 6);
    expect(delivered.map((effect) => 'index' in effect && effect.index)).toEqual([0, 2, 5]);
    expect(refusals).toEqual([
      { type: 'refusal', sequence: 1, index: 1, record: null, code: 'message-type-unknown' },
      { type: 'refusal', sequence: 1, index: 3, record: null, code: 'payload-malformed' },
      { type: 'refusal', sequence: 1, index: 4, record: null, code: 'payload-malformed' },
    ]);
  });

  const hash = 'A'.repeat(43);
  it.each<[string, Json]>([
    ['no object', 5],
    ['no type', {}],
    ['a record that is no text', { type: 'record', sdJwt: 5 }],
    ['an empty record', { type: 'record', sdJwt: '' }],
    ['a record with more', { type: 'record', sdJwt: 'x', more: 1 }],
    ['a notice of no record', { type: 'read-notice', record: 'x', readAt: 1 }],
    ['a notice before time began', { type: 'read-notice', record: hash, readAt: -1 }],
    ['a notice after calendars end', { type: 'read-notice', record: hash, readAt: 253_402_300_800_000 }],
  ])('with %s is malformed', (_, message) => {
    expect(taken(payloadOf(message), 1).refusals).toMatchObject([{ code: 'payload-malformed' }]);
  });

  it('that is a record over its limit says so', () => {
    const message = { type: 'record', sdJwt: 'x'.repeat(recordLimits.bytesMax + 1) };
    expect(taken(payloadOf(message), 1).refusals).toMatchObject([{ code: 'record-too-large' }]);
    const longest = { type: 'record', sdJwt: 'x'.repeat(recordLimits.bytesMax) };
    expect(taken(payloadOf(longest), 1).delivered).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ['an unknown code', { type: 'refusal', sequence: 1, index: 0, record: null, code: 'because' }],
    ['a code that every object has', { type: 'refusal', sequence: 1, index: 0, record: null, code: 'toString' }],
    ['a place out of range', { type: 'refusal', sequence: 0, index: 0, record: null, code: 'rate-exceeded' }],
    ['nothing else', { type: 'refusal' }],
  ])('that is a refusal with %s is dropped: no refusal is ever refused', (_, message) => {
    const { refusals, delivered } = taken(payloadOf(message), 1);
    expect(refusals).toEqual([]);
    expect(delivered).toEqual([]);
  });

  it('that is a good refusal is delivered', () => {
    const message = { type: 'refusal', sequence: 3, index: 199, record: hash, code: 'record-too-deep' };
    expect(taken(payloadOf(message), 1).delivered).toEqual([{ type: 'deliver', sequence: 1, index: 0, message }]);
  });

  it.each<[string, Uint8Array, string]>([
    ['no JSON', ascii('{'), 'payload-malformed'],
    ['not canonical', ascii(`{"receipt":null,"messages":[{},{}]}`), 'payload-malformed'],
    ['a key twice', ascii('{"messages":[{},{}],"messages":[{},{}],"receipt":null}'), 'payload-malformed'],
    ['another count than signed', payloadOf({}, {}, {}), 'payload-malformed'],
    ['more beside the messages', ascii('{"messages":[{},{}],"more":1,"receipt":null}'), 'payload-malformed'],
    ['a receipt that is no text', ascii('{"messages":[{},{}],"receipt":5}'), 'payload-malformed'],
    ['depth', utf8(canonicalJson({ messages: [[[[[[1]]]]]], receipt: null })), 'payload-too-deep'],
    ['much depth', ascii('['.repeat(100_000)), 'payload-too-deep'],
  ])('or a whole payload with %s refuses each of its messages, and the link goes on', (_, payload, expected) => {
    const { refusals, delivered } = taken(payload, 2);
    expect(delivered).toEqual([]);
    expect(refusals.map((message) => message.type === 'refusal' && [message.index, message.code])).toEqual([
      [0, expected],
      [1, expected],
    ]);
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
        { type: 'link-stopped', code: 'sequence-reused' },
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

describe('[ADM-2] whatever a peer sends', () => {
  const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

  it('as plaintext, the step gives an answer and never throws', () => {
    const [one, other] = LinkEnd.pair();
    const { header } = one.envelope(one.form(note(1)), other);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary' }).map((text) => utf8(`${text}\n`)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom('batch' as const, 'receipt' as const), (plaintext, type) => {
        const { sha256 } = other.context.primitives;
        const end = plaintext.indexOf(10);
        const binding = base64url(sha256(plaintext.subarray(0, Math.max(0, end))));
        expect(code(other, other.opened({ ...header, type, binding }, plaintext))).toMatch(/^(envelope|receipt)-/);
      }),
    );
  });

  it('as signed messages, the link goes on, and each is delivered, refused or a refusal', () => {
    fc.assert(
      fc.property(fc.array(anyJson, { minLength: 1, maxLength: 5 }), (messages) => {
        const [one, other] = LinkEnd.pair();
        const opened = signed(one, other, payloadOf(...messages), { inside: { messages: messages.length } });
        const effects = other.receive(opened);
        only('reply', effects);
        expect(other.state).toMatchObject({ status: 'open', in: { through: 1 } });
      }),
    );
  });

  it('as a signed header, the step gives an answer and never throws', () => {
    const fields = ['v', 'from', 'to', 'link', 'epoch', 'sequence', 'previous', 'payloadDigest', 'messages', 'more'];
    fc.assert(
      fc.property(fc.constantFrom(...fields), anyJson, (field, value) => {
        const [one, other] = LinkEnd.pair();
        const effects = other.receive(signed(one, other, oneNote, { inside: { [field]: value } }));
        expect(effects.at(-1)?.type).toMatch(/^(refused|reply)$/);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { LinkEnd, note, only } from '#sim/link-end.ts';
import { payloadOf, signed } from '#sim/signed-envelope.ts';
import { canonicalJson } from '../canonical-json.ts';
import { ascii, utf8 } from '../encoding.ts';
import type { Json } from '../primitives.ts';
import { recordLimits } from '../record/record.ts';
import { type Message, messageLimits, messageTypes } from './message.ts';
import { recoveryPageMax } from './recovery.ts';

describe('[ADM-1] one bad message', () => {
  const taken = (payload: Uint8Array, messages: number) => {
    const [one, other] = LinkEnd.pair();
    const effects = other.receive(signed(one, other, payload, { inside: { messages } }));
    only('reply', effects);
    const refusals = effects.flatMap((effect) => (effect.type === 'queue' ? [effect.message] : []));
    return { effects, refusals, delivered: effects.filter(({ type }) => type === 'deliver') };
  };

  const good = note(7) as unknown as Json;

  it('is refused by its place with a code, and the others are delivered', () => {
    const { refusals, delivered } = taken(payloadOf(good, { type: 'gossip' }, good, [], { type: 'record' }, good), 6);
    expect(delivered.map((effect) => 'index' in effect && effect.index)).toEqual([0, 2, 5]);
    expect(refusals).toEqual([
      { type: 'refusal', epoch: 1, sequence: 1, index: 1, record: null, code: 'message-type-unknown' },
      { type: 'refusal', epoch: 1, sequence: 1, index: 3, record: null, code: 'payload-malformed' },
      { type: 'refusal', epoch: 1, sequence: 1, index: 4, record: null, code: 'payload-malformed' },
    ]);
  });

  const hash = 'A'.repeat(43);
  const hashes = (count: number) => Array.from({ length: count }, (_, at) => `${String(at).padStart(42, '0')}A`);
  const letter = { type: 'letter', to: hash, key: hash, enc: 'A'.repeat(1_494), ciphertext: 'AAAA' };

  it.each<Message>([
    { type: 'returned', sdJwt: 'x~' },
    { type: 'revision', jwt: 'x' },
    { type: 'revision-wanted', record: hash },
    { type: 'card', card: 'x' },
    { type: 'holding', statement: 'x' },
    { type: 'keys', statement: 'x' },
    { type: 'recovery-wanted', after: null },
    { type: 'recovery-wanted', after: hash },
    { type: 'copies', after: null, hashes: [] },
    { type: 'copies', after: hash, hashes: hashes(recoveryPageMax) },
    { type: 'copies-wanted', hashes: [hash] },
    letter as Message,
  ])('is no reason to refuse the good ones: $type', (message) => {
    expect(messageTypes).toContain(message.type);
    expect(taken(payloadOf(message), 1).delivered).toEqual([
      { type: 'deliver', epoch: 1, sequence: 1, index: 0, message },
    ]);
  });

  it('[EXC-5] that is a letter over its limit says so', () => {
    const longest = Math.ceil((messageLimits.letterBytesMax * 4) / 3);
    const sealed = (ciphertext: string) => taken(payloadOf({ ...letter, ciphertext }), 1);
    expect(sealed('A'.repeat(longest)).delivered).toHaveLength(1);
    expect(sealed('A'.repeat(longest + 2)).refusals).toMatchObject([{ code: 'letter-too-large' }]);
  });

  it.each<[string, Json]>([
    ['no object', 5],
    ['no type', {}],
    ['a record that is no text', { type: 'record', sdJwt: 5 }],
    ['an empty record', { type: 'record', sdJwt: '' }],
    ['a record with more', { type: 'record', sdJwt: 'x', more: 1 }],
    ['a notice of no record', { type: 'read-notice', record: 'x', readAt: 1 }],
    ['a notice before time began', { type: 'read-notice', record: hash, readAt: -1 }],
    ['a notice after calendars end', { type: 'read-notice', record: hash, readAt: 7_258_118_400_000 }],
    ['a returned record that is empty', { type: 'returned', sdJwt: '' }],
    ['a revision with more', { type: 'revision', jwt: 'x', more: 1 }],
    ['a wish for no hash', { type: 'revision-wanted', record: 'x' }],
    ['a card that is no text', { type: 'card', card: null }],
    ['a statement that is empty', { type: 'holding', statement: '' }],
    ['keys without their statement', { type: 'keys' }],
    ['a place in no list', { type: 'recovery-wanted', after: 'x' }],
    ['a page that is too long', { type: 'copies', after: null, hashes: hashes(recoveryPageMax + 1) }],
    ['a page that names one twice', { type: 'copies', after: null, hashes: [hash, hash] }],
    ['a page of no hashes', { type: 'copies', after: null, hashes: ['x'] }],
    ['a wish for no copy', { type: 'copies-wanted', hashes: [] }],
    ['a letter to nobody', { ...letter, to: 'x' }],
    ['a letter with a sender outside', { ...letter, from: hash }],
    ['a letter whose encapsulation is short', { ...letter, enc: 'A'.repeat(1_493) }],
    ['a letter in another alphabet', { ...letter, ciphertext: 'AA==' }],
    ['an empty letter', { ...letter, ciphertext: '' }],
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
    ['an unknown code', { type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'because' }],
    [
      'a code that every object has',
      { type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'toString' },
    ],
    ['no epoch', { type: 'refusal', sequence: 1, index: 0, record: null, code: 'rate-exceeded' }],
    ['a place out of range', { type: 'refusal', epoch: 1, sequence: 0, index: 0, record: null, code: 'rate-exceeded' }],
    ['nothing else', { type: 'refusal' }],
  ])('that is a refusal with %s is dropped: no refusal is ever refused', (_, message) => {
    const { refusals, delivered } = taken(payloadOf(message), 1);
    expect(refusals).toEqual([]);
    expect(delivered).toEqual([]);
  });

  it('that is a good refusal is delivered', () => {
    const message = { type: 'refusal', epoch: 2, sequence: 3, index: 199, record: hash, code: 'record-too-deep' };
    expect(taken(payloadOf(message), 1).delivered).toEqual([
      { type: 'deliver', epoch: 1, sequence: 1, index: 0, message },
    ]);
  });

  it.each<[string, Uint8Array, string]>([
    ['no JSON', ascii('{'), 'payload-malformed'],
    ['not canonical', ascii(`{"receipt":null,"messages":[{},{}]}`), 'payload-malformed'],
    ['a key twice', ascii('{"messages":[{},{}],"messages":[{},{}],"receipt":null}'), 'payload-malformed'],
    ['another count than signed', payloadOf(good, good, good), 'payload-malformed'],
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

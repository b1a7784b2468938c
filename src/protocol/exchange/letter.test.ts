import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { canonicalJson } from '../canonical-json.ts';
import { base64url, fromUtf8, utf8 } from '../encoding.ts';
import type { Json } from '../primitives.ts';
import { letterHash, letterInfo, letterOf, letterPlaintext, readLetter, sealedPartOf } from './letter.ts';
import { type Letter, type LetterMessage, messageLimits } from './message.ts';
import { padmeLength } from './plaintext.ts';

const [from, to, key] = [1, 2, 3].map((byte) => base64url(new Uint8Array(32).fill(byte))) as [string, string, string];
const sealed = { enc: new Uint8Array(1_120).fill(4), ciphertext: new Uint8Array(99).fill(5) };
const letter = letterOf(to, key, sealed) as Letter;
const padded = (value: Json) => {
  const content = utf8(canonicalJson(value));
  const bytes = new Uint8Array(padmeLength(content.length));
  bytes.set(content);
  return bytes;
};
const card = { type: 'card', card: 'x' } as const;

describe('[EXC-5] a letter', () => {
  it('is bound to whom it is for, and says nothing else outside', () => {
    expect(fromUtf8(letterInfo(letter))).toBe(
      `{"key":"${key}","suite":"647a-0001-0002","to":"${to}","type":"letter","v":1}`,
    );
    expect(Object.keys(letter).sort()).toEqual(['ciphertext', 'enc', 'key', 'to', 'type']);
    expect(sealedPartOf(letter)).toEqual(sealed);
  });

  it('reads back what was written, in order, and padded so that its length says little', () => {
    const messages: LetterMessage[] = [card, { type: 'holding', statement: 'y' }, letter];
    const plaintext = letterPlaintext(from, messages);
    expect(plaintext.length).toBe(padmeLength(plaintext.length));
    expect(readLetter(plaintext)).toEqual({ from, messages });
  });

  it('may hold only what proves itself: each other message is refused alone', () => {
    const notice: Json = { type: 'read-notice', record: to, readAt: 1 };
    const opened = readLetter(
      padded({ from, messages: [notice, card, { type: 'gossip' }, { type: 'recovery-wanted', after: null }] }),
    );
    expect(opened).toEqual({ from, messages: ['letter-malformed', card, 'message-type-unknown', 'letter-malformed'] });
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['zeros', new Uint8Array(64)],
    ['no padding where there must be some', utf8(canonicalJson({ from, messages: [card] }))],
    ['too much padding', new Uint8Array([...letterPlaintext(from, [card]), ...new Uint8Array(64)])],
    ['no messages', padded({ from, messages: [] })],
    ['too many', padded({ from, messages: Array(201).fill(card) })],
    ['a sender of no form', padded({ from: 'x', messages: [card] })],
    ['more', padded({ from, messages: [card], more: 1 })],
    ['depth', padded({ from, messages: [[[[[[1]]]]]] })],
  ])('with %s is malformed', (_, plaintext) => {
    expect(readLetter(plaintext)).toMatchObject({ code: 'letter-malformed' });
  });

  it('gives an answer to whatever bytes are sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readLetter(bytes)).toMatchObject({ code: 'letter-malformed' });
      }),
    );
  });

  it('has a hash that is another for every letter, and is not larger than any relay carries', () => {
    const hash = letterHash(letter, nodePrimitives);
    for (const change of [{ to: from }, { key: to }, { enc: letter.ciphertext }, { ciphertext: letter.enc }]) {
      expect(letterHash({ ...letter, ...change }, nodePrimitives)).not.toBe(hash);
    }
    const ciphertext = new Uint8Array(messageLimits.letterBytesMax + 1);
    expect(letterOf(to, key, { ...sealed, ciphertext })).toMatchObject({ code: 'letter-too-large' });
    expect(letterOf(to, key, { ...sealed, ciphertext: ciphertext.subarray(1) })).toHaveProperty('type', 'letter');
  });
});

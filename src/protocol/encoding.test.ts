import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascii, base64url, concatBytes, fromBase64url, fromUtf8, utf8 } from './encoding.ts';

describe('encoding', () => {
  it('[REC-2] reads base64url in its one canonical form alone', () => {
    expect(fromBase64url('')).toEqual(new Uint8Array());
    expect(fromBase64url('AQI')).toEqual(Uint8Array.of(1, 2));
    // Padding, white space, the other alphabet, stray bits at the end, a lone character, what is not ASCII.
    for (const text of ['AQI=', 'A QI', 'AQI\n', '-_+/', '++//', 'AQJ', 'AQIDB', 'A', 'AQé', 'ＡＱＩ']) {
      expect(fromBase64url(text), text).toBeNull();
    }
  });

  it('[REC-2] gives every byte string one spelling, which reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const text = base64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('[REC-2] reads UTF-8 strictly and keeps a byte order mark', () => {
    expect(fromUtf8(utf8('\uFEFFتنسيق 🜁'))).toBe('\uFEFFتنسيق 🜁');
    // Overlong, a surrogate, cut off, beyond Unicode, a lone continuation.
    for (const bytes of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80], [0x80]]) {
      expect(fromUtf8(Uint8Array.from(bytes))).toBeNull();
    }
  });

  it('turns ASCII into bytes and throws on anything else', () => {
    expect(ascii('a~.')).toEqual(Uint8Array.of(0x61, 0x7e, 0x2e));
    expect(() => ascii('é')).toThrow(RangeError);
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  });
});

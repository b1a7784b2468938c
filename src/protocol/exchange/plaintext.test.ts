import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascii } from '../encoding.ts';
import { padmeLength, payloadOf, sealedPlaintext, signedHeaderOf } from './plaintext.ts';
import { exchangeLimits } from './state.ts';

const sizes = fc.integer({ min: 0, max: exchangeLimits.payloadBytesMax });

describe('[EXC-1] Padmé', () => {
  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [8, 8],
    [9, 10],
    [100, 104],
    [1_000, 1_024],
    [1_500, 1_536],
    [65_537, 67_584],
    [1_000_000, 1_015_808],
  ])('pads %i to %i', (length, padded) => {
    expect(padmeLength(length)).toBe(padded);
  });

  it('adds less than an eighth, never takes away, and keeps the order of lengths', () => {
    fc.assert(
      fc.property(sizes, (length) => {
        const padded = padmeLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(length + length / 8);
        expect(padmeLength(padded)).toBe(padded);
        expect(padmeLength(length + 1)).toBeGreaterThanOrEqual(padded);
      }),
    );
  });

  it('leaves few lengths: those up to 6 MiB take fewer than 400', () => {
    const lengths = new Set<number>();
    for (let at = 0; at <= exchangeLimits.payloadBytesMax; at = padmeLength(at + 1)) lengths.add(at);
    expect(lengths.size).toBeLessThan(400);
  });
});

describe('[EXC-1] what is sealed', () => {
  const header = 'eyJ.eyJ.c2ln';

  it('gives back header and payload, whatever bytes the payload has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (payload) => {
        const plaintext = sealedPlaintext(header, payload);
        expect(signedHeaderOf(plaintext)).toBe(header);
        expect(payloadOf(plaintext, header, payload.length)).toEqual(payload);
        expect(plaintext.length).toBe(padmeLength(header.length + 1 + payload.length));
      }),
    );
  });

  it('has a header in the alphabet of a JWS, of limited length, before a line feed', () => {
    const read = (text: string) => signedHeaderOf(ascii(text));
    const longest = 'x'.repeat(exchangeLimits.headerBytesMax);
    expect(read(`${longest}\n`)).toBe(longest);
    expect(read(`${longest}x\n`)).toBeNull();
    for (const text of ['', '\n', 'abc', 'a b\n', 'a=\n', 'a\r\n', '\0\n', 'a~\n']) expect(read(text)).toBeNull();
    expect(signedHeaderOf(new Uint8Array([0xc3, 0xa9, 0x0a]))).toBeNull();
    expect(signedHeaderOf(new Uint8Array([0xff, 0x0a]))).toBeNull();
  });
});

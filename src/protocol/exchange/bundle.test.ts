import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../spec/vectors/exchange/bundle.json' with { type: 'json' };
import { concatBytes, utf8 } from '../encoding.ts';
import { bundleEnvelopesMax, decodeBundle, encodeBundle } from './bundle.ts';
import { exchangeLimits } from './state.ts';

const envelopes = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { maxLength: 40 });

describe('[EXC-3] a .tansiq file', () => {
  it('gives back its envelopes, in order, however many', () => {
    fc.assert(
      fc.property(envelopes, (many) => {
        expect(decodeBundle(encodeBundle(many))).toEqual({ envelopes: many, problem: null });
      }),
    );
  });

  it.each(vectors.files)('is read as in the vector: $name', ({ bytes, envelopes: read, code }) => {
    const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
    expect(decodeBundle(hex(bytes))).toEqual({ envelopes: read.map(hex), problem: code });
  });

  it('begins with TANSIQB1 and a line feed, and each length is a big-endian uint32', () => {
    expect(encodeBundle([new Uint8Array([7, 8])])).toEqual(
      concatBytes(utf8('TANSIQB1\n'), new Uint8Array([0, 0, 0, 2, 7, 8])),
    );
  });

  it('cut off anywhere still gives what stands whole before the cut, and says that it was cut', () => {
    fc.assert(
      fc.property(envelopes, fc.nat(), (many, somewhere) => {
        const whole = encodeBundle(many);
        const bytes = whole.subarray(0, somewhere % whole.length);
        const { envelopes: read, problem } = decodeBundle(bytes);
        expect(read).toEqual(many.slice(0, read.length));
        const atBoundary = encodeBundle(read).length === bytes.length;
        if (bytes.length < 9) expect(problem).toBe('bundle-malformed');
        else expect(problem).toBe(atBoundary ? null : 'bundle-truncated');
      }),
    );
  });

  it('with an envelope over its limit, or of no bytes, is read up to there', () => {
    const good = new Uint8Array([1, 2, 3]);
    const length = (bytes: number) => {
      const four = new Uint8Array(4);
      new DataView(four.buffer).setUint32(0, bytes);
      return four;
    };
    for (const wrong of [0, exchangeLimits.envelopeBytesMax + 1, 0xffff_ffff]) {
      const bytes = concatBytes(encodeBundle([good]), length(wrong), good);
      expect(decodeBundle(bytes)).toEqual({ envelopes: [good], problem: 'bundle-malformed' });
    }
  });

  it('[ADM-2] of more envelopes than any export holds is read up to there', () => {
    const one = new Uint8Array([1]);
    const most = Array.from({ length: bundleEnvelopesMax }, () => one);
    expect(decodeBundle(encodeBundle(most))).toEqual({ envelopes: most, problem: null });
    expect(decodeBundle(encodeBundle([...most, one]))).toEqual({ envelopes: most, problem: 'bundle-malformed' });
  });

  it('of any other bytes gives nothing, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        expect(decodeBundle(noise)).toEqual({ envelopes: [], problem: 'bundle-malformed' });
        decodeBundle(concatBytes(utf8('TANSIQB1\n'), noise));
      }),
    );
  });
});

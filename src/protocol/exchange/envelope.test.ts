import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../spec/vectors/exchange/envelope.json' with { type: 'json' };
import { canonicalJson } from '../canonical-json.ts';
import { concatBytes, utf8 } from '../encoding.ts';
import type { Json } from '../primitives.ts';
import { isRefusal } from '../refusal.ts';
import { decodeEnvelope, encodeEnvelope, envelopeInfo } from './envelope.ts';
import { type EnvelopeHeader, exchangeLimits } from './state.ts';

const hash = (letter: string) => letter.repeat(42).concat('A');
const header: EnvelopeHeader = {
  v: 1,
  suite: '647a-0001-0002',
  type: 'batch',
  from: hash('F'),
  to: hash('T'),
  link: hash('L'),
  key: hash('K'),
  epoch: 1,
  sequence: 7,
  binding: hash('B'),
};
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

/** An envelope with any JSON as its header. */
function withHeader(json: Json): Uint8Array {
  const info = utf8(canonicalJson(json));
  const length = new Uint8Array([0, 0, info.length >> 8, info.length & 255]);
  return concatBytes(utf8('TANSIQ1\n'), length, info, new Uint8Array([0, 1, 5, 6]));
}
const codeOf = (bytes: Uint8Array) => {
  const decoded = decodeEnvelope(bytes);
  return isRefusal(decoded) ? decoded.code : 'decoded';
};

describe('[EXC-1] an envelope', () => {
  it('gives back header, enc and ciphertext, and the very bytes that HPKE bound', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 1_200 }),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (enc, sealed) => {
          const decoded = decodeEnvelope(encodeEnvelope(header, enc, sealed));
          expect(decoded).toEqual({ header, info: envelopeInfo(header), enc, ciphertext: sealed });
        },
      ),
    );
  });

  it.each(vectors.valid)(
    'is written and read as in the vector: $name',
    ({ header: fields, enc, ciphertext, bytes }) => {
      expect(Buffer.from(encodeEnvelope(fields as EnvelopeHeader, hex(enc), hex(ciphertext))).toString('hex')).toBe(
        bytes,
      );
      expect(decodeEnvelope(hex(bytes))).toMatchObject({ header: fields, enc: hex(enc), ciphertext: hex(ciphertext) });
    },
  );

  it.each(vectors.invalid)('is refused as in the vector: $name', ({ bytes, code }) => {
    expect(codeOf(hex(bytes))).toBe(code);
  });

  it.each<[string, object, string]>([
    ['another version', { v: 2 }, 'envelope-version-unknown'],
    ['another suite', { suite: '0020-0001-0002' }, 'envelope-suite-refused'],
    ['another type', { type: 'gossip' }, 'envelope-malformed'],
    ['a field more', { more: 1 }, 'envelope-malformed'],
    ['a sender that is no identity', { from: 'me' }, 'envelope-malformed'],
    ['an identity in a second spelling', { to: 'T'.repeat(43) }, 'envelope-malformed'],
    ['no epoch', { epoch: 0 }, 'envelope-malformed'],
    ['batch 0', { sequence: 0 }, 'envelope-malformed'],
    ['a sequence that no store can keep', { sequence: 2 ** 31 }, 'envelope-malformed'],
    ['a fraction', { sequence: 1.5 }, 'envelope-malformed'],
    ['an inner object', { key: {} }, 'envelope-malformed'],
  ])('with %s in its header is refused', (_, change, code) => {
    expect(codeOf(withHeader({ ...header }))).toBe('decoded');
    expect(codeOf(withHeader({ ...header, ...change } as Json))).toBe(code);
  });

  it('may be a receipt for nothing', () => {
    expect(codeOf(withHeader({ ...header, type: 'receipt', sequence: 0 }))).toBe('decoded');
  });

  it('over its limit is refused before anything of it is read', () => {
    const bytes = encodeEnvelope(header, new Uint8Array(1_120), new Uint8Array(exchangeLimits.envelopeBytesMax));
    expect(codeOf(bytes)).toBe('envelope-too-large');
    expect(codeOf(bytes.subarray(0, exchangeLimits.envelopeBytesMax))).toBe('decoded');
  });

  it('cut off anywhere, or any other bytes, are refused and never throw', () => {
    const bytes = encodeEnvelope(header, new Uint8Array(20), new Uint8Array(1));
    for (let length = 0; length < bytes.length; length++) expect(codeOf(bytes.subarray(0, length))).not.toBe('decoded');
    expect(codeOf(bytes)).toBe('decoded');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(codeOf(noise)).not.toBe('decoded');
        expect(codeOf(concatBytes(bytes.subarray(0, 12), noise))).not.toBe('decoded');
      }),
    );
  });
});

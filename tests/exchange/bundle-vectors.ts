/** Vectors of a `.tansiq` file: what is read of it, and what ends the reading. */
import { concatBytes, utf8 } from '#src/protocol/encoding.ts';
import { encodeBundle } from '#src/protocol/exchange/bundle.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const length = (bytes: number) => {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, bytes);
  return four;
};

export function bundleVectors() {
  const [one, two] = [utf8('TANSIQ1\nfirst'), utf8('TANSIQ1\nsecond')];
  const whole = encodeBundle([one, two]);
  const files: [string, Uint8Array, Uint8Array[], string | null][] = [
    ['two envelopes', whole, [one, two], null],
    ['none', encodeBundle([]), [], null],
    ['cut within the second envelope', whole.subarray(0, -1), [one], 'bundle-truncated'],
    ['cut within a length', concatBytes(encodeBundle([one]), new Uint8Array([0, 0])), [one], 'bundle-truncated'],
    ['a length of 0', concatBytes(encodeBundle([one]), length(0), two), [one], 'bundle-malformed'],
    [
      'a length over the limit of an envelope',
      concatBytes(encodeBundle([one]), length(exchangeLimits.envelopeBytesMax + 1), two),
      [one],
      'bundle-malformed',
    ],
    ['an envelope alone is no file', one, [], 'bundle-malformed'],
    ['nothing', new Uint8Array(0), [], 'bundle-malformed'],
  ];
  return {
    about:
      'EXC-3: `.tansiq` files, hexadecimal. `envelopes`: what stands in them, up to where the reading ends; what these are is not looked at here. `code`: why it ended before the end.',
    files: files.map(([name, bytes, envelopes, code]) => ({
      name,
      bytes: hex(bytes),
      envelopes: envelopes.map(hex),
      code,
    })),
  };
}

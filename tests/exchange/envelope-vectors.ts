/** Vectors of the envelope's bytes, valid and invalid. */
import { concatBytes, utf8 } from '#src/protocol/encoding.ts';
import { encodeEnvelope, envelopeInfo } from '#src/protocol/exchange/envelope.ts';
import type { EnvelopeHeader } from '#src/protocol/exchange/state.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hash = (letter: string) => letter.repeat(42).concat('A');

const batch: EnvelopeHeader = {
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
const enc = new Uint8Array([1, 2, 3]);
const ciphertext = new Uint8Array([4, 5, 6, 7]);

function withHeader(header: string): Uint8Array {
  const info = utf8(header);
  const length = new Uint8Array([0, 0, info.length >> 8, info.length & 255]);
  return concatBytes(utf8('TANSIQ1\n'), length, info, new Uint8Array([0, 1, 5, 6]));
}

export function envelopeVectors() {
  const good = encodeEnvelope(batch, enc, ciphertext);
  const header = Buffer.from(envelopeInfo(batch)).toString();
  const valid = (
    [
      ['a batch', batch],
      ['a receipt for nothing', { ...batch, type: 'receipt', sequence: 0 }],
      ['a query', { ...batch, type: 'query' }],
    ] as const
  ).map(([name, of]) => ({
    name,
    header: of,
    enc: hex(enc),
    ciphertext: hex(ciphertext),
    bytes: hex(encodeEnvelope(of, enc, ciphertext)),
  }));
  const invalid = (
    [
      ['empty', new Uint8Array(0), 'envelope-malformed'],
      ['another magic', utf8('PK\u0003\u0004 something'), 'envelope-malformed'],
      ['a later version of the format', concatBytes(utf8('TANSIQ2\n'), good.subarray(8)), 'envelope-version-unknown'],
      [
        'header length beyond the end',
        concatBytes(utf8('TANSIQ1\n'), new Uint8Array([0, 0, 1, 0, 123])),
        'envelope-malformed',
      ],
      [
        'header length over 4096',
        concatBytes(utf8('TANSIQ1\n'), new Uint8Array([0, 0, 16, 1]), new Uint8Array(68).fill(32)),
        'envelope-malformed',
      ],
      ['no ciphertext', good.subarray(0, good.length - ciphertext.length), 'envelope-malformed'],
      ['header with a space', withHeader(header.replace('{', '{ ')), 'envelope-malformed'],
      ['header with a key twice', withHeader(header.replace('"epoch":1', '"epoch":1,"epoch":1')), 'envelope-malformed'],
      ['header with keys in another order', withHeader(JSON.stringify(batch)), 'envelope-malformed'],
      ['header without binding', withHeader(header.replace(/"binding":"[^"]*",/, '')), 'envelope-malformed'],
      ['header that is a list', withHeader('[]'), 'envelope-malformed'],
      ['header of version 2', withHeader(header.replace('"v":1', '"v":2')), 'envelope-version-unknown'],
      ['suite DHKEM(X25519)', withHeader(header.replace('647a', '0020')), 'envelope-suite-refused'],
      ['batch with sequence 0', withHeader(header.replace('"sequence":7', '"sequence":0')), 'envelope-malformed'],
      [
        'query with sequence 0',
        withHeader(header.replace('"batch"', '"query"').replace('"sequence":7', '"sequence":0')),
        'envelope-malformed',
      ],
      ['epoch 0', withHeader(header.replace('"epoch":1', '"epoch":0')), 'envelope-malformed'],
    ] as const
  ).map(([name, bytes, code]) => ({ name, bytes: hex(bytes), code }));
  return {
    about: 'EXC-1: bytes of an envelope. Hexadecimal. `code`: the refusal of an invalid one.',
    valid,
    invalid,
  };
}

/** The offline recovery key (KEY-1): 32 bytes as eleven groups of five, for paper. */
import { createHash, randomBytes } from 'node:crypto';
import type { RecoveryKeys } from '#src/ports/keyring.ts';
import { keyPair, seedBytes, signWith } from './key-pairs.ts';

/** Crockford's base32: no I, L, O or U, so that nothing that is read aloud or copied by hand can be mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkBytes = 2;
const groupLength = 5;
/** 34 bytes are 272 bits: 55 characters, the last three bits zero. */
const characters = 55;

export const recoveryKeys: RecoveryKeys = {
  make() {
    const seed = randomBytes(seedBytes);
    const { id, publicKey } = signing(seed);
    return { id, publicKey, secret: written(seed) };
  },
  from(secret) {
    const seed = read(secret);
    if (seed === null) return null;
    const pair = signing(seed);
    return { id: pair.id, publicKey: pair.publicKey, sign: (bytes) => signWith(pair, bytes) };
  },
};

function signing(seed: Uint8Array) {
  const pair = keyPair('signing', seed);
  if (pair.use !== 'signing') throw new Error('a signing key was asked for');
  return pair;
}

function written(seed: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of [...seed, ...checkOf(seed)]) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >> bits) & 31];
      value &= (1 << bits) - 1;
    }
  }
  text += alphabet[(value << (5 - bits)) & 31];
  return (text.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-');
}

/** However it was typed: small letters, other separators, O for 0, I or L for 1. Null where its check does not fit. */
function read(secret: string): Uint8Array | null {
  const text = secret.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (text.length !== characters) return null;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    const five = alphabet.indexOf(character);
    if (five < 0) return null;
    value = (value << 5) | five;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  const seed = Uint8Array.from(bytes.slice(0, seedBytes));
  const check = checkOf(seed);
  return value === 0 && check.every((byte, at) => bytes[seedBytes + at] === byte) ? seed : null;
}

function checkOf(seed: Uint8Array): Uint8Array {
  return createHash('sha256').update('tansiq recovery 1\n').update(seed).digest().subarray(0, checkBytes);
}

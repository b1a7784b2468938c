import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { utf8 } from './encoding.ts';
import { isSignedBy } from './jws.ts';
import { isSoundPoint } from './sound-point.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../spec/vectors/ed25519/${name}`, import.meta.url), 'utf8'));

interface WycheproofCase {
  tcId: number;
  publicKey: string;
  message: string;
  signature: string;
  result: 'valid' | 'invalid';
}
interface CctvCase {
  number: number;
  publicKey: string;
  message: string;
  signature: string;
  flags: string[];
  result: 'valid' | 'invalid';
}

const wycheproof: WycheproofCase[] = read('wycheproof.json').tests;
const cctv: CctvCase[] = read('cctv.json').tests;
const hex = (text: string) => Uint8Array.fromHex(text);

const isTaken = (publicKey: string, signed: Uint8Array, signature: string) =>
  isSignedBy({ signed, signature: hex(signature) }, hex(publicKey), nodePrimitives);

describe('Ed25519', () => {
  it('[REC-2] agrees with every case of Wycheproof', () => {
    expect(wycheproof.length).toBe(151);
    const wrong = wycheproof.filter(
      ({ publicKey, message, signature, result }) =>
        isTaken(publicKey, hex(message), signature) !== (result === 'valid'),
    );
    expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
  });

  it('[REC-2] takes of the edge cases of CCTV those alone on which all verifiers agree', () => {
    expect(cctv.length).toBe(66);
    const taken = cctv.filter(({ publicKey, message, signature }) => isTaken(publicKey, utf8(message), signature));
    // No residue of low order, no point of low order, no second spelling of R or A.
    const disputed = [
      'low_order_A',
      'low_order_R',
      'low_order_residue',
      'non_canonical_A',
      'non_canonical_R',
      'reencoded_k',
    ];
    const agreed = cctv.filter(({ flags }) => disputed.every((flag) => !flags.includes(flag)));
    expect(agreed.length).toBe(3);
    expect(taken.map(({ number }) => number)).toEqual(agreed.map(({ number }) => number));
    expect(cctv.filter(({ result }) => result === 'valid')).toEqual(taken);
  });

  it('[REC-2] has no key of low order, of another length, or spelled a second way', () => {
    for (const { publicKey, flags } of cctv) {
      const isWeak = flags.includes('low_order_A') || flags.includes('non_canonical_A');
      expect(isSoundPoint(hex(publicKey)), publicKey).toBe(!isWeak);
    }
    expect(isSoundPoint(new Uint8Array(31).fill(9))).toBe(false);
    expect(isSoundPoint(new Uint8Array(33).fill(9))).toBe(false);
    // y = 2^255 - 19 + 3, which is 3.
    expect(isSoundPoint(hex(`f0${'ff'.repeat(30)}7f`))).toBe(false);
    expect(isSoundPoint(hex(`03${'00'.repeat(31)}`))).toBe(true);
  });

  it('says no, and does not throw, to malformed input', () => {
    const key = hex(wycheproof[0]?.publicKey ?? '');
    expect(nodePrimitives.ed25519Verify(key.subarray(1), new Uint8Array(), new Uint8Array(64))).toBe(false);
    expect(nodePrimitives.ed25519Verify(key, new Uint8Array(), new Uint8Array(63))).toBe(false);
    expect(nodePrimitives.ed25519Verify(new Uint8Array(32).fill(2), new Uint8Array(), new Uint8Array(64))).toBe(false);
  });
});

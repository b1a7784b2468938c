import { createPrivateKey, createPublicKey, decapsulate, diffieHellman, encapsulate } from 'node:crypto';
import { ml_kem768_x25519 as nobleXwing } from '@noble/post-quantum/hybrid.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import draft from '../../spec/vectors/xwing/draft.json' with { type: 'json' };
import wycheproof from '../../spec/vectors/xwing/wycheproof.json' with { type: 'json' };
import { xwing, xwingDecapsulate, xwingEncapsulate, xwingKeyFromSeed } from './xwing.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('[EXC-1] X-Wing, known answers of the draft', () => {
  it.each(draft.cases)('gives the public key and the shared secret of seed $seed', ({ seed, pk, ct, ss }) => {
    const key = xwingKeyFromSeed(hex(seed));
    expect(Buffer.from(key.publicKey).toString('hex')).toBe(pk);
    expect(Buffer.from(xwingDecapsulate(key, hex(ct))).toString('hex')).toBe(ss);
  });
  it.each(draft.cases)('has an oracle that encapsulates as the draft does ($seed)', ({ pk, eseed, ct, ss }) => {
    const made = nobleXwing.encapsulate(hex(pk), hex(eseed));
    expect(Buffer.from(made.cipherText).toString('hex')).toBe(ct);
    expect(Buffer.from(made.sharedSecret).toString('hex')).toBe(ss);
  });
});

describe('[EXC-1] X-Wing agrees with @noble/post-quantum', () => {
  it('in every direction, for any seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const ours = xwingKeyFromSeed(seed);
        const theirs = nobleXwing.keygen(seed);
        expect(ours.publicKey).toEqual(new Uint8Array(theirs.publicKey));

        const sent = xwingEncapsulate(theirs.publicKey);
        expect(new Uint8Array(nobleXwing.decapsulate(sent.ciphertext, theirs.secretKey))).toEqual(sent.sharedSecret);
        const came = nobleXwing.encapsulate(ours.publicKey);
        expect(xwingDecapsulate(ours, came.cipherText)).toEqual(new Uint8Array(came.sharedSecret));
      }),
      { numRuns: 8 },
    );
  });

  it('on what a changed ciphertext yields: another secret, never the sender’s', () => {
    const seed = new Uint8Array(32).fill(7);
    const key = xwingKeyFromSeed(seed);
    const { secretKey } = nobleXwing.keygen(seed);
    const { ciphertext, sharedSecret } = xwingEncapsulate(key.publicKey);
    fc.assert(
      fc.property(fc.nat(xwing.ciphertextBytes - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = ciphertext.with(at, (ciphertext[at] as number) ^ flip);
        const secret = xwingDecapsulate(key, changed);
        // The one bit that X25519 ignores by RFC 7748 still enters the combiner, so even it changes the secret.
        expect(secret).not.toEqual(sharedSecret);
        expect(secret).toEqual(new Uint8Array(nobleXwing.decapsulate(changed, secretKey)));
      }),
      { numRuns: 25 },
    );
  });
});

describe('[EXC-1] X-Wing refuses', () => {
  it('seeds, keys and ciphertexts of a wrong length', () => {
    const key = xwingKeyFromSeed(new Uint8Array(32));
    expect(() => xwingKeyFromSeed(new Uint8Array(31))).toThrow(RangeError);
    expect(() => xwingEncapsulate(key.publicKey.subarray(1))).toThrow(RangeError);
    expect(() => xwingDecapsulate(key, new Uint8Array(xwing.ciphertextBytes + 1))).toThrow(RangeError);
  });

  it.each(wycheproof.mlkemPublicKeys)(
    'an ML-KEM key with a coefficient over the modulus (Wycheproof $tcId)',
    ({ ek }) => {
      const key = xwingKeyFromSeed(new Uint8Array(32));
      const bad = new Uint8Array([...hex(ek), ...key.publicKey.subarray(1184)]);
      expect(bad).toHaveLength(xwing.publicKeyBytes);
      expect(() => xwingEncapsulate(bad)).toThrow();
    },
  );

  const zeroShared = wycheproof.x25519.filter(({ flags }) => flags.includes('ZeroSharedSecret'));
  it.each(zeroShared)('an X25519 point of small order, in a key and in a ciphertext (Wycheproof $tcId)', (test) => {
    const key = xwingKeyFromSeed(new Uint8Array(32));
    const lowKey = new Uint8Array([...key.publicKey.subarray(0, 1184), ...hex(test.public)]);
    expect(() => xwingEncapsulate(lowKey)).toThrow();
    const { ciphertext } = xwingEncapsulate(key.publicKey);
    const lowCiphertext = new Uint8Array([...ciphertext.subarray(0, 1088), ...hex(test.public)]);
    expect(() => xwingDecapsulate(key, lowCiphertext)).toThrow();
  });
});

describe('[EXC-1] the parts of X-Wing in this runtime', () => {
  it.each(wycheproof.mlkemDecapsulations)('ML-KEM-768 decapsulates Wycheproof $tcId', ({ seed, c, K }) => {
    const der = Buffer.concat([Buffer.from('3054020100300b060960864801650304040204428040', 'hex'), hex(seed)]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(decapsulate(key, hex(c)).toString('hex')).toBe(K);
    const fresh = encapsulate(createPublicKey(key));
    expect(decapsulate(key, fresh.ciphertext)).toEqual(fresh.sharedKey);
  });

  const usable = wycheproof.x25519.filter(({ flags }) => !flags.includes('ZeroSharedSecret'));
  it.each(usable)('X25519 computes Wycheproof $tcId', (test) => {
    const privateKey = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), hex(test.private)]),
      format: 'der',
      type: 'pkcs8',
    });
    const publicKey = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), hex(test.public)]),
      format: 'der',
      type: 'spki',
    });
    expect(diffieHellman({ privateKey, publicKey }).toString('hex')).toBe(test.shared);
  });
});

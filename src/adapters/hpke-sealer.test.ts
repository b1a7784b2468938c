import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, type KemInterface } from '@hpke/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import rfc9180 from '../../spec/vectors/hpke/rfc9180-base.json' with { type: 'json' };
import { hpkeOpen, hpkeSeal, keySchedule } from './hpke.ts';
import { hpkeSealer, openSealed, xwingKemId } from './hpke-sealer.ts';
import { type XwingPrivateKey, xwing, xwingDecapsulate, xwingEncapsulate, xwingKeyFromSeed } from './xwing.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const key = xwingKeyFromSeed(new Uint8Array(32).fill(1));
const info = Buffer.from('{"v":1}');

describe('[EXC-1] HPKE base mode, RFC 9180 known answers', () => {
  it.each(rfc9180.cases)('schedules, seals and opens as KEM $kem_id does', (known) => {
    const secret = { kemId: known.kem_id, sharedSecret: hex(known.shared_secret) };
    const schedule = keySchedule(secret, hex(known.info));
    expect(text(schedule.key)).toBe(known.key);
    expect(text(schedule.baseNonce)).toBe(known.base_nonce);
    for (const { aad, pt, ct } of known.encryptions) {
      expect(text(hpkeSeal(secret, hex(known.info), hex(pt), hex(aad)))).toBe(ct);
      expect(text(hpkeOpen(secret, hex(known.info), hex(ct), hex(aad)) as Uint8Array)).toBe(pt);
      expect(hpkeOpen(secret, hex(known.info), hex(ct), hex(`${aad}00`))).toBeNull();
    }
  });

  it('holds @hpke/core, our oracle, to the same answers', async () => {
    const known = rfc9180.cases.find(({ kem_id }) => kem_id === 32);
    if (known === undefined) throw new Error('the vectors hold DHKEM(X25519)');
    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    });
    const recipientKey = await suite.kem.importKey('raw', hex(known.skRm).buffer, false);
    const first = known.encryptions[0];
    const params = { recipientKey, enc: hex(known.enc).buffer, info: hex(known.info).buffer };
    const opened = await suite.open(params, hex(first?.ct ?? '').buffer, hex(first?.aad ?? '').buffer);
    expect(text(new Uint8Array(opened))).toBe(first?.pt);
  });
});

describe('[EXC-1] sealing with X-Wing', () => {
  const oracle = new CipherSuite({ kem: xwingForOracle(key), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const oracleKey = { type: 'private' } as CryptoKey;

  it('is opened by @hpke/core, and opens what @hpke/core sealed', async () => {
    const plaintext = Buffer.from('تقرير');
    const { enc, ciphertext } = await hpkeSealer.seal(key.publicKey, plaintext, info);
    const opened = await oracle.open(
      { recipientKey: oracleKey, enc: enc.slice().buffer, info: bufferOf(info) },
      bufferOf(ciphertext),
    );
    expect(Buffer.from(opened)).toEqual(plaintext);

    const made = await oracle.seal({ recipientPublicKey: oracleKey, info: bufferOf(info) }, bufferOf(plaintext));
    const sealed = { enc: new Uint8Array(made.enc), ciphertext: new Uint8Array(made.ct), info };
    expect(openSealed(key, sealed)).toEqual(new Uint8Array(plaintext));
  });

  it('opens any plaintext again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), fc.uint8Array({ maxLength: 300 }), async (plain, bound) => {
        const sealed = await hpkeSealer.seal(key.publicKey, plain, bound);
        expect(openSealed(key, { ...sealed, info: bound })).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });

  it('gives nothing when a byte of enc, ciphertext or info changed, or the key is another', async () => {
    const sealed = { ...(await hpkeSealer.seal(key.publicKey, Buffer.from('plaintext'), info)), info };
    expect(openSealed(key, sealed)).not.toBeNull();
    expect(openSealed(xwingKeyFromSeed(new Uint8Array(32).fill(2)), sealed)).toBeNull();
    fc.assert(
      fc.property(
        fc.constantFrom('enc' as const, 'ciphertext' as const, 'info' as const),
        fc.nat(xwing.ciphertextBytes),
        fc.integer({ min: 1, max: 255 }),
        (part, place, flip) => {
          const bytes = new Uint8Array(sealed[part]);
          const at = place % bytes.length;
          bytes[at] = (bytes[at] as number) ^ flip;
          expect(openSealed(key, { ...sealed, [part]: bytes })).toBeNull();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives nothing for any lengths, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_300 }), fc.uint8Array({ maxLength: 40 }), (enc, ciphertext) => {
        expect(openSealed(key, { enc, ciphertext, info })).toBeNull();
      }),
    );
    const lowOrder = new Uint8Array(xwing.ciphertextBytes);
    expect(openSealed(key, { enc: lowOrder, ciphertext: new Uint8Array(16), info })).toBeNull();
  });

  it('throws on a malformed public key', async () => {
    await expect(hpkeSealer.seal(key.publicKey.subarray(1), new Uint8Array(), info)).rejects.toThrow(RangeError);
  });
});

/** Our X-Wing as @hpke/core's KEM, so that it checks our key schedule and AEAD; its key arguments are ignored. */
function xwingForOracle(own: XwingPrivateKey): KemInterface {
  const unused = async (): Promise<never> => {
    throw new Error('the oracle only encapsulates and decapsulates');
  };
  return {
    id: xwingKemId as KemInterface['id'],
    secretSize: xwing.sharedSecretBytes,
    encSize: xwing.ciphertextBytes,
    publicKeySize: xwing.publicKeyBytes,
    privateKeySize: xwing.seedBytes,
    serializePublicKey: unused,
    deserializePublicKey: unused,
    serializePrivateKey: unused,
    deserializePrivateKey: unused,
    importKey: unused,
    generateKeyPair: unused,
    deriveKeyPair: unused,
    async encap() {
      const { ciphertext, sharedSecret } = xwingEncapsulate(own.publicKey);
      return { enc: bufferOf(ciphertext), sharedSecret: bufferOf(sharedSecret) };
    },
    async decap({ enc }) {
      const bytes = ArrayBuffer.isView(enc) ? new Uint8Array(enc.buffer) : new Uint8Array(enc);
      return bufferOf(xwingDecapsulate(own, bytes));
    },
  };
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

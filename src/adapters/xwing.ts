import {
  createHash,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem-06 and later): ML-KEM-768 (FIPS 203) with X25519 (RFC 7748), so that the shared
 * secret stays secret while either of the two holds. Both parts are node:crypto's own.
 */
export const xwing = { seedBytes: 32, publicKeyBytes: 1216, ciphertextBytes: 1120, sharedSecretBytes: 32 } as const;

const mlkemPublicKeyBytes = 1184;
const mlkemCiphertextBytes = 1088;

/** `\.//^\`, the draft's label. */
const label = Buffer.from('5c2e2f2f5e5c', 'hex');

// DER up to the raw key bytes: PKCS #8 of X25519 (RFC 8410) and of an ML-KEM-768 seed (RFC 9935), SPKI of each.
const x25519PrivatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const x25519PublicPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const mlkemPrivatePrefix = Buffer.from('3054020100300b060960864801650304040204428040', 'hex');
const mlkemPublicPrefix = Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex');

export interface XwingPrivateKey {
  readonly mlkem: KeyObject;
  readonly x25519: KeyObject;
  /** 1216 raw bytes. */
  readonly publicKey: Uint8Array;
}

/** The key pair of a 32-byte seed; throws RangeError for any other length. */
export function xwingKeyFromSeed(seed: Uint8Array): XwingPrivateKey {
  if (seed.length !== xwing.seedBytes) throw new RangeError('an X-Wing seed has 32 bytes');
  const expanded = createHash('shake256', { outputLength: 96 }).update(seed).digest();
  const mlkem = privateKey(mlkemPrivatePrefix, expanded.subarray(0, 64));
  const x25519 = privateKey(x25519PrivatePrefix, expanded.subarray(64));
  const publicKey = Buffer.concat([rawPublicKey(mlkem, mlkemPublicPrefix), rawPublicKey(x25519, x25519PublicPrefix)]);
  return { mlkem, x25519, publicKey: new Uint8Array(publicKey) };
}

/** A fresh shared secret for the holder of `publicKey`. Throws on a malformed key (FIPS 203 section 7.2 included). */
export function xwingEncapsulate(recipient: Uint8Array): { ciphertext: Uint8Array; sharedSecret: Uint8Array } {
  if (recipient.length !== xwing.publicKeyBytes) throw new RangeError('an X-Wing public key has 1216 bytes');
  const mlkem = publicKey(mlkemPublicPrefix, recipient.subarray(0, mlkemPublicKeyBytes));
  const x25519 = recipient.subarray(mlkemPublicKeyBytes);
  const lattice = encapsulate(mlkem);
  const ephemeral = generateKeyPairSync('x25519');
  const curve = diffieHellman({
    privateKey: ephemeral.privateKey,
    publicKey: publicKey(x25519PublicPrefix, x25519),
  });
  const curveCiphertext = rawPublicKey(ephemeral.privateKey, x25519PublicPrefix);
  return {
    ciphertext: new Uint8Array(Buffer.concat([lattice.ciphertext, curveCiphertext])),
    sharedSecret: combine(lattice.sharedKey, curve, curveCiphertext, x25519),
  };
}

/**
 * The shared secret of a ciphertext. A ciphertext for somebody else gives a wrong secret, not an error (FIPS 203's
 * implicit rejection). Throws RangeError on a wrong length, and Error where X25519 yields zero.
 */
export function xwingDecapsulate(key: XwingPrivateKey, ciphertext: Uint8Array): Uint8Array {
  if (ciphertext.length !== xwing.ciphertextBytes) throw new RangeError('an X-Wing ciphertext has 1120 bytes');
  const lattice = decapsulate(key.mlkem, ciphertext.subarray(0, mlkemCiphertextBytes));
  const curveCiphertext = ciphertext.subarray(mlkemCiphertextBytes);
  const curve = diffieHellman({ privateKey: key.x25519, publicKey: publicKey(x25519PublicPrefix, curveCiphertext) });
  return combine(lattice, curve, curveCiphertext, key.publicKey.subarray(mlkemPublicKeyBytes));
}

function combine(lattice: Uint8Array, curve: Uint8Array, curveCiphertext: Uint8Array, curveKey: Uint8Array) {
  const hash = createHash('sha3-256').update(lattice).update(curve).update(curveCiphertext).update(curveKey);
  return new Uint8Array(hash.update(label).digest());
}

function privateKey(prefix: Buffer, raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'pkcs8' });
}

function publicKey(prefix: Buffer, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' });
}

function rawPublicKey(key: KeyObject, prefix: Buffer): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(prefix.length);
}

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/**
 * HPKE (RFC 9180) base mode, one message per encapsulation, with KDF HKDF-SHA256 (0x0001) and AEAD AES-256-GCM (0x0002).
 * The KEM is given by its id and its shared secret. Envelopes leave `aad` empty: `info` binds what must be bound.
 */
const kdfId = 0x0001;
const aeadId = 0x0002;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const modeBase = 0;
const empty = Buffer.alloc(0);

export interface KemSecret {
  readonly kemId: number;
  readonly sharedSecret: Uint8Array;
}

/** Ciphertext with its 16-byte tag. The secret must never seal a second message: its nonce is the first one's. */
export function hpkeSeal(
  secret: KemSecret,
  info: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array = empty,
): Uint8Array {
  const { key, baseNonce } = keySchedule(secret, info);
  const cipher = createCipheriv('aes-256-gcm', key, baseNonce).setAAD(aad);
  return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** The plaintext, or null where the ciphertext, the secret or the info is not the sender's. */
export function hpkeOpen(
  secret: KemSecret,
  info: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array = empty,
): Uint8Array | null {
  if (ciphertext.length < tagBytes) return null;
  const { key, baseNonce } = keySchedule(secret, info);
  const decipher = createDecipheriv('aes-256-gcm', key, baseNonce, { authTagLength: tagBytes }).setAAD(aad);
  const end = ciphertext.length - tagBytes;
  decipher.setAuthTag(ciphertext.subarray(end));
  const plaintext = decipher.update(ciphertext.subarray(0, end));
  try {
    return new Uint8Array(Buffer.concat([plaintext, decipher.final()]));
  } catch {
    // the only way that node:crypto has to say that the tag does not fit
    return null;
  }
}

/** RFC 9180 section 5.1, base mode: key and base nonce, which is the nonce of the first message. */
export function keySchedule({ kemId, sharedSecret }: KemSecret, info: Uint8Array): { key: Buffer; baseNonce: Buffer } {
  const suite = Buffer.concat([Buffer.from('HPKE'), uint16(kemId), uint16(kdfId), uint16(aeadId)]);
  const context = Buffer.concat([
    Buffer.of(modeBase),
    labeledExtract(suite, empty, 'psk_id_hash', empty),
    labeledExtract(suite, empty, 'info_hash', info),
  ]);
  const secret = labeledExtract(suite, sharedSecret, 'secret', empty);
  return {
    key: labeledExpand(suite, secret, 'key', context, keyBytes),
    baseNonce: labeledExpand(suite, secret, 'base_nonce', context, nonceBytes),
  };
}

/** RFC 9180 section 4 over HKDF-Extract (RFC 5869), which is HMAC with the salt as key. */
export function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt).update('HPKE-v1').update(suite).update(label).update(ikm).digest();
}

/** RFC 9180 section 4 over the first block of HKDF-Expand (RFC 5869), so `bytes` is at most 32. */
export function labeledExpand(
  suite: Uint8Array,
  secret: Uint8Array,
  label: string,
  info: Uint8Array,
  bytes: number,
): Buffer {
  const hmac = createHmac('sha256', secret).update(uint16(bytes)).update('HPKE-v1').update(suite).update(label);
  return hmac.update(info).update(Buffer.of(1)).digest().subarray(0, bytes);
}

function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

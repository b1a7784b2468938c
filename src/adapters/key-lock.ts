/** One lock for all key files of a directory: Argon2id (RFC 9106) makes the key from the secret, AES-256-GCM locks with it. */
import { argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyringUnavailable } from '#src/ports/keyring.ts';
import { writeNew } from './durable-file.ts';
import type { SecretSource } from './key-secret.ts';

const fileName = 'lock';
const heading = 'tansiq key-lock 1';
/** OWASP's first choice, as for passphrases. Written down with the lock, so that a later choice opens today's files. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 };
/** A lock that asks for more was not written here and would only use the machine up. */
const memoryMax = 1_048_576;
const passesMax = 16;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

export interface KeyLock {
  /** `said`: what stands beside in clear and must belong to it. Base64url of nonce, ciphertext, tag. */
  lock(plain: Uint8Array, said: string): string;
  /** Null where the text, or what was said beside it, is not what was locked. */
  unlock(text: string, said: string): Uint8Array | null;
}

/** The lock of `directory`, made where there is none yet. Throws `KeyringUnavailable`: `locked`, `corrupt`, `secret-missing`. */
export async function openLock(directory: string, secret: SecretSource): Promise<KeyLock> {
  const path = join(directory, fileName);
  const text = (await readLock(path)) ?? (await makeLock(path, secret));
  const [first, costs, salt, check, ...rest] = text.split('\n');
  const given = /^argon2id (\d{1,7}) (\d{1,2}) (\d{1,2})$/.exec(costs ?? '');
  const [memory = 0, passes = 0, parallelism = 0] = (given ?? []).slice(1).map(Number);
  const bounded = memory <= memoryMax && passes >= 1 && passes <= passesMax && parallelism >= 1;
  if (first !== heading || !given || !bounded || memory < 8 * parallelism || check === undefined || rest[0] !== '') {
    throw new KeyringUnavailable('corrupt', `key file ${path}`);
  }
  const nonce = Buffer.from(salt ?? '', 'base64url');
  const key = await derive(await secret(false), nonce, { memory, passes, parallelism });
  const lock = lockWith(key);
  if (lock.unlock(check, saidOf(costs ?? '', salt ?? '')) === null)
    throw new KeyringUnavailable('locked', `key file ${path}`);
  return lock;
}

async function readLock(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function makeLock(path: string, secret: SecretSource): Promise<string> {
  const { memory, passes, parallelism } = parameters;
  const nonce = randomBytes(saltBytes);
  const [costs, salt] = [`argon2id ${memory} ${passes} ${parallelism}`, nonce.toString('base64url')];
  const key = await derive(await secret(true), nonce, parameters);
  const check = lockWith(key).lock(new Uint8Array(0), saidOf(costs, salt));
  const text = `${heading}\n${costs}\n${salt}\n${check}\n`;
  // Of two that make it at once, one lock stays.
  return (await writeNew(path, text)) ? text : readFile(path, 'utf8');
}

const saidOf = (costs: string, salt: string) => `${heading}\n${costs}\n${salt}`;

function lockWith(key: Uint8Array): KeyLock {
  return {
    lock(plain, said) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(said));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    unlock(text, said) {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < nonceBytes + tagBytes || bytes.toString('base64url') !== text) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(said));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      try {
        const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return new Uint8Array(Buffer.concat([plain, decipher.final()]));
      } catch {
        // OpenSSL throws where the tag does not fit: wrong key, or not what was locked.
        return null;
      }
    },
  };
}

function derive(message: Uint8Array, nonce: Uint8Array, costs: typeof parameters): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength: 32, ...costs }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}

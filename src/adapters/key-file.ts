/** One private key a file: its seed, locked, with its id in clear beside it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyringUnavailable, type KeyUse } from '#src/ports/keyring.ts';
import type { KeyId } from '#src/protocol/primitives.ts';
import { accessOf, removeFile, writeNew } from './durable-file.ts';
import type { KeyLock } from './key-lock.ts';
import { type KeyPair, keyPair, seedBytes } from './key-pairs.ts';

const typeOf: { readonly [U in KeyUse]: string } = { signing: 'ed25519-seed', sealing: 'xwing-seed' };
const namePattern = /^(signing|sealing)-([A-Za-z0-9_-]{43})\.key$/;

/** Every key file of the directory, opened. Throws `KeyringUnavailable` where one is damaged or readable by others. */
export async function readKeyFiles(directory: string, lock: KeyLock): Promise<KeyPair[]> {
  const pairs: KeyPair[] = [];
  for (const name of (await readdir(directory)).sort()) {
    const [, use, id] = namePattern.exec(name) ?? [];
    if (use === undefined || id === undefined) continue;
    pairs.push(await readKeyFile(join(directory, name), use as KeyUse, id, lock));
  }
  return pairs;
}

async function readKeyFile(path: string, use: KeyUse, id: KeyId, lock: KeyLock): Promise<KeyPair> {
  await demandOwnerOnly(path);
  const [type, keyId, locked, ...rest] = (await readFile(path, 'utf8')).split('\n');
  const whole = type === heading(use, 2) && keyId === id && rest.length === 1 && rest[0] === '';
  const seed = whole ? lock.unlock(locked ?? '', saidOf(use, id)) : null;
  const pair = seed?.length === seedBytes ? keyPair(use, seed) : null;
  if (pair?.id !== id) throw new KeyringUnavailable('corrupt', `key file ${path}`);
  return pair;
}

/** Durable when it resolves. A file of the same key that is there already is left as it is. */
export async function writeKeyFile(directory: string, use: KeyUse, seed: Uint8Array, lock: KeyLock): Promise<KeyPair> {
  const pair = keyPair(use, seed);
  const locked = lock.lock(seed, saidOf(use, pair.id));
  await writeNew(pathOf(directory, pair), `${heading(use, 2)}\n${pair.id}\n${locked}\n`);
  return pair;
}

export function removeKeyFile(directory: string, pair: Pick<KeyPair, 'use' | 'id'>): Promise<void> {
  return removeFile(pathOf(directory, pair));
}

/** The seed in a file of the first form, which was not locked; null where there is none. */
export async function readPlainSeed(directory: string, use: KeyUse): Promise<Uint8Array | null> {
  const path = plainPath(directory, use);
  if ((await accessOf(path)) === 'absent') return null;
  await demandOwnerOnly(path);
  const [type, keyId, encoded, ...rest] = (await readFile(path, 'utf8')).split('\n');
  const seed = Buffer.from(encoded ?? '', 'base64url');
  const whole = type === heading(use, 1) && seed.length === seedBytes && rest.length === 1 && rest[0] === '';
  if (!whole || keyPair(use, seed).id !== keyId) throw new KeyringUnavailable('corrupt', `key file ${path}`);
  return new Uint8Array(seed);
}

export const plainPath = (directory: string, use: KeyUse) => join(directory, `${use}.key`);

const pathOf = (directory: string, { use, id }: Pick<KeyPair, 'use' | 'id'>) => join(directory, `${use}-${id}.key`);
const heading = (use: KeyUse, form: 1 | 2) => `tansiq ${typeOf[use]} ${form}`;
const saidOf = (use: KeyUse, id: KeyId) => `${heading(use, 2)}\n${id}`;

async function demandOwnerOnly(path: string): Promise<void> {
  const access = await accessOf(path);
  if (access === 'too-open') throw new KeyringUnavailable('too-open', `key file ${path}`);
  if (access === 'absent') throw new KeyringUnavailable('missing', `key file ${path}`);
}

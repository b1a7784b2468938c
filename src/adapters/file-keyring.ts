/**
 * Keys in files: `keys/lock`, one locked file a private key, and `keys/current` with what is public: the inception key, which
 * keys are in use, and the statements that say so. A directory without `current` belongs to nobody yet.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Keyring, KeyringUnavailable, type KeysInUse } from '#src/ports/keyring.ts';
import { accessOf, removeFile, replaceFile, writeNew } from './durable-file.ts';
import { heldKeys } from './held-keys.ts';
import { plainPath, readKeyFiles, readPlainSeed, removeKeyFile, writeKeyFile } from './key-file.ts';
import { type KeyLock, openLock } from './key-lock.ts';
import { seedBytes } from './key-pairs.ts';
import { type SecretSource, secretBeside } from './key-secret.ts';

export { KeyringUnavailable };

/**
 * Makes a node's first keys in `directory`, durable when it resolves. Never overwrites: throws `KeyringUnavailable` when the
 * directory belongs to a service already.
 */
export async function createFileKeyring(
  directory: string,
  secret: SecretSource = secretBeside(directory),
): Promise<Keyring> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const plain = plainPath(directory, 'signing');
  for (const path of [currentPath(directory), plain]) {
    if ((await accessOf(path)) !== 'absent') throw new KeyringUnavailable('exists', `key file ${path}`);
  }
  const lock = await openLock(directory, secret);
  await found(directory, randomBytes(seedBytes), randomBytes(seedBytes), lock);
  return openFileKeyring(directory, secret);
}

/**
 * New keys for a service whose own were lost: who it is stays, by its inception key. `directory` must not exist yet. What it
 * states of them, its recovery key signs (KEY-1).
 */
export async function replaceFileKeyring(
  directory: string,
  inception: Uint8Array,
  statements: readonly string[],
  secret: SecretSource = secretBeside(directory),
): Promise<Keyring> {
  await mkdir(directory, { mode: 0o700 });
  const lock = await openLock(directory, secret);
  await found(directory, randomBytes(seedBytes), randomBytes(seedBytes), lock, { inception, statements });
  return openFileKeyring(directory, secret);
}

/** Opens the keys in `directory`. Throws `KeyringUnavailable` where one is missing, damaged, locked or readable by others. */
export async function openFileKeyring(
  directory: string,
  secret: SecretSource = secretBeside(directory),
): Promise<Keyring> {
  if ((await accessOf(directory)) === 'absent') throw new KeyringUnavailable('missing', `key directory ${directory}`);
  await lockPlainKeys(directory, secret);
  const path = currentPath(directory);
  if ((await accessOf(path)) === 'absent') throw new KeyringUnavailable('missing', `key file ${path}`);
  const { inception, ...inUse } = await readCurrent(path);
  const lock = await openLock(directory, secret);
  return heldKeys(inception, await readKeyFiles(directory, lock), inUse, {
    keep: async (use, seed) => void (await writeKeyFile(directory, use, seed, lock)),
    keepUse: (keys) => replaceFile(path, writtenCurrent(inception, keys)),
    remove: (pair) => removeKeyFile(directory, pair),
  });
}

const currentPath = (directory: string) => join(directory, 'current');

/** `current` comes last, and only where there is none: until then the keys are nobody's. */
async function found(
  directory: string,
  signingSeed: Uint8Array,
  sealingSeed: Uint8Array,
  lock: KeyLock,
  lost: { readonly inception: Uint8Array; readonly statements: readonly string[] } | null = null,
): Promise<void> {
  const sealing = await writeKeyFile(directory, 'sealing', sealingSeed, lock);
  const signing = await writeKeyFile(directory, 'signing', signingSeed, lock);
  const { inception, statements } = lost ?? { inception: signing.publicKey, statements: [] };
  const text = writtenCurrent(inception, { signing: signing.id, sealing: sealing.id, statements });
  if (await writeNew(currentPath(directory), text)) return;
  for (const pair of [sealing, signing]) await removeKeyFile(directory, pair);
  throw new KeyringUnavailable('exists', `key file ${currentPath(directory)}`);
}

/** Key files of the first form were not locked: read once, written locked, removed. Cut off anywhere, it starts again. */
async function lockPlainKeys(directory: string, secret: SecretSource): Promise<void> {
  const signingSeed = await readPlainSeed(directory, 'signing');
  const sealingSeed = await readPlainSeed(directory, 'sealing');
  const isFounded = (await accessOf(currentPath(directory))) !== 'absent';
  if (!isFounded) {
    if (signingSeed === null && sealingSeed === null) return;
    for (const [use, seed] of [
      ['signing', signingSeed],
      ['sealing', sealingSeed],
    ] as const) {
      if (seed === null) throw new KeyringUnavailable('missing', `key file ${plainPath(directory, use)}`);
    }
    await found(directory, signingSeed as Uint8Array, sealingSeed as Uint8Array, await openLock(directory, secret));
  }
  if (signingSeed !== null) await removeFile(plainPath(directory, 'signing'));
  if (sealingSeed !== null) await removeFile(plainPath(directory, 'sealing'));
}

function writtenCurrent(inception: Uint8Array, { signing, sealing, statements }: KeysInUse): string {
  const text = { v: 1, inception: Buffer.from(inception).toString('base64url'), signing, sealing, statements };
  return `${JSON.stringify(text, null, 1)}\n`;
}

async function readCurrent(path: string): Promise<KeysInUse & { inception: Uint8Array }> {
  const corrupt = () => new KeyringUnavailable('corrupt', `key file ${path}`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw error instanceof SyntaxError ? corrupt() : error;
  }
  if (typeof value !== 'object' || value === null) throw corrupt();
  const { v, inception, signing, sealing, statements } = value as { [field: string]: unknown };
  if (v !== 1 || typeof inception !== 'string' || typeof signing !== 'string' || typeof sealing !== 'string') {
    throw corrupt();
  }
  if (!Array.isArray(statements) || !statements.every((one): one is string => typeof one === 'string')) throw corrupt();
  const key = new Uint8Array(Buffer.from(inception, 'base64url'));
  if (key.length !== 32) throw corrupt();
  return { inception: key, signing, sealing, statements };
}

import { randomUUID } from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyId } from '#src/protocol/primitives.ts';

/** `exists`: would be overwritten. `too-open`: others on this machine can read it. `corrupt`: not what was written. */
export type KeyringProblem = 'exists' | 'missing' | 'corrupt' | 'too-open';

const sentences: { readonly [P in KeyringProblem]: string } = {
  exists: 'exists already and is never overwritten',
  missing: 'is missing; restore it from the key backup, or set the node up anew',
  corrupt: 'is damaged; restore it from the key backup',
  'too-open': 'can be read by other users of this machine; allow only its owner (chmod 600) and consider the key known',
};

/** The node has no usable keys: it must not start. */
export class KeyringUnavailable extends Error {
  override readonly name = 'KeyringUnavailable';
  readonly problem: KeyringProblem;
  constructor(problem: KeyringProblem, file: string) {
    super(`key file ${file} ${sentences[problem]}`);
    this.problem = problem;
  }
}

export interface SeedFile {
  readonly name: string;
  readonly type: string;
  /** Id of the public key that a seed gives: written beside the seed, so that a damaged one is noticed. */
  readonly keyIdOf: (seed: Uint8Array) => KeyId;
}

const seedBytes = 32;

/** The 32-byte seed of a key file, or null where there is no such file. */
export async function readSeed(directory: string, file: SeedFile): Promise<Uint8Array | null> {
  const path = join(directory, file.name);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return null;
  // Windows has no such bits: there the directory's access list decides
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) throw new KeyringUnavailable('too-open', path);
  const [type, keyId, encoded, ...rest] = (await readFile(path, 'utf8')).split('\n');
  const seed = Buffer.from(encoded ?? '', 'base64url');
  const whole = type === heading(file) && seed.length === seedBytes && rest.length === 1 && rest[0] === '';
  if (!whole || file.keyIdOf(seed) !== keyId) throw new KeyringUnavailable('corrupt', path);
  return new Uint8Array(seed);
}

/** Written whole or not at all, mode 0600, file and directory synced. A file that holds the same seed already is left. */
export async function writeSeed(directory: string, file: SeedFile, seed: Uint8Array): Promise<void> {
  const path = join(directory, file.name);
  const draft = join(directory, `.${file.name}.${randomUUID()}`);
  const text = `${heading(file)}\n${file.keyIdOf(seed)}\n${Buffer.from(seed).toString('base64url')}\n`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // unlike rename, link never replaces what is there
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const existing = await readSeed(directory, file);
    if (existing === null || Buffer.compare(existing, seed) !== 0) throw new KeyringUnavailable('exists', path);
  } finally {
    await unlink(draft);
  }
  await syncDirectory(directory);
}

function heading(file: SeedFile): string {
  return `tansiq ${file.type} 1`;
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory for syncing and orders its metadata itself
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

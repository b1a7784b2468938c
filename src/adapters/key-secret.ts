/**
 * The secret that unlocks the key files: a file named by the operator, a credential of the service manager, or one made on
 * the first start beside the keys. The last protects a copy of `keys/` alone, not the whole home.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyringUnavailable } from '#src/ports/keyring.ts';
import { accessOf, writeNew } from './durable-file.ts';

/** Gives the unlocking secret. `fresh`: there are no locked keys yet, so a new secret may be made. */
export type SecretSource = (fresh: boolean) => Promise<Uint8Array>;

/** A file that somebody else looks after: its access rights are that one's choice. Its last line break does not belong to it. */
export function secretFrom(file: string): SecretSource {
  return async () => {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new KeyringUnavailable('secret-missing', `file ${file}`);
      throw error;
    });
    const text = withoutLineBreak(bytes);
    if (text.length === 0) throw new KeyringUnavailable('secret-missing', `file ${file}`);
    return text;
  };
}

/** `key-secret` beside the directory of the keys, made when the first keys are. */
export function secretBeside(keys: string): SecretSource {
  const file = join(dirname(keys), 'key-secret');
  return async (fresh) => {
    const access = await accessOf(file);
    if (access === 'too-open') throw new KeyringUnavailable('too-open', `file ${file}`);
    if (access === 'absent' && fresh) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeNew(file, `${randomBytes(32).toString('base64url')}\n`);
    }
    return secretFrom(file)(fresh);
  };
}

function withoutLineBreak(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end--;
  if (bytes[end - 1] === 0x0d) end--;
  return bytes.subarray(0, end);
}

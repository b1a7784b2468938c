import { join } from 'node:path';
import { createFileKeyring, KeyringUnavailable, openFileKeyring } from '#src/adapters/file-keyring.ts';
import type { Keyring } from '#src/ports/keyring.ts';

const directoryOf = (home: string) => join(home, 'keys');

export function openKeys(home: string): Promise<Keyring> {
  return openFileKeyring(directoryOf(home));
}

/** New keys; where a set-up was cut off after making them, those. */
export async function makeKeys(home: string): Promise<Keyring> {
  try {
    return await createFileKeyring(directoryOf(home));
  } catch (error) {
    if (error instanceof KeyringUnavailable && error.problem === 'exists') return openKeys(home);
    throw error;
  }
}

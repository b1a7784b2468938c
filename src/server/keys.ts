import { join } from 'node:path';
import { createFileKeyring, openFileKeyring } from '#src/adapters/file-keyring.ts';
import { type SecretSource, secretBeside, secretFrom } from '#src/adapters/key-secret.ts';
import { type Keyring, KeyringUnavailable } from '#src/ports/keyring.ts';
import type { NodeOptions } from './options.ts';

type KeyPlace = Pick<NodeOptions, 'home' | 'keySecretFile'>;

export const keyDirectory = ({ home }: KeyPlace) => join(home, 'keys');

/** KEY-1: what unlocks the keys: a file of the operator's, or one made beside them. */
export function keySecret(place: KeyPlace): SecretSource {
  return place.keySecretFile === undefined ? secretBeside(keyDirectory(place)) : secretFrom(place.keySecretFile);
}

export function openKeys(place: KeyPlace): Promise<Keyring> {
  return openFileKeyring(keyDirectory(place), keySecret(place));
}

/** New keys; where a set-up was cut off after making them, those. */
export async function makeKeys(place: KeyPlace): Promise<Keyring> {
  try {
    return await createFileKeyring(keyDirectory(place), keySecret(place));
  } catch (error) {
    if (error instanceof KeyringUnavailable && error.problem === 'exists') return openKeys(place);
    throw error;
  }
}

import type { Keyring } from '#src/ports/keyring.ts';
import { keyNamedIn } from '#src/protocol/jws.ts';

/** Signs with the key that the input itself names: the current one may have changed since it was formed (KEY-1). */
export function signNamed(keyring: Pick<Keyring, 'sign'>, signingInput: Uint8Array): Promise<Uint8Array> {
  return keyring.sign(signingInput, keyNamedIn(signingInput));
}

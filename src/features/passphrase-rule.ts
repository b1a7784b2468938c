/** NIST SP 800-63B: length is what counts; beyond it, only what an attacker tries first is refused. */
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { isGuessedEarly } from './passphrase-guesses.ts';

export const passphraseCharactersMin = 12;

/** `names`: what the officer and the service are called. `at`: where it stands in the request. Null: it may be used. */
export async function passphraseProblem(
  passphrase: string,
  { login, names }: { readonly login: string; readonly names: readonly string[] },
  at: string,
): Promise<Refusal | null> {
  const characters = [...passphrase.normalize('NFKC').toLowerCase()];
  const beside = characters.join('').replaceAll(login.toLowerCase(), '');
  const isShort = characters.length < passphraseCharactersMin || beside.length < passphraseCharactersMin / 2;
  if (isShort || new Set(characters).size < 5) {
    return refuse('passphrase-too-weak', { at, limit: passphraseCharactersMin });
  }
  return (await isGuessedEarly(passphrase, { names: [login, ...names] })) ? refuse('passphrase-common', { at }) : null;
}

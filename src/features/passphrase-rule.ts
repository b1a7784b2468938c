/** NIST SP 800-63B: length is what counts; beyond it, only what an attacker tries first is refused. */
export const passphraseCharactersMin = 12;

export function passphraseTooWeak(passphrase: string, login: string): boolean {
  const characters = [...passphrase.normalize('NFKC').toLowerCase()];
  if (characters.length < passphraseCharactersMin) return true;
  if (new Set(characters).size < 5) return true;
  return characters.join('').replaceAll(login.toLowerCase(), '').length < passphraseCharactersMin / 2;
}

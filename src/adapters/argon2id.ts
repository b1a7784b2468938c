import { hash, verify } from '@node-rs/argon2';
import type { Passphrases } from '#src/ports/passphrases.ts';

/** Argon2id (RFC 9106) with OWASP's first choice: 19 MiB, 2 passes, 1 lane; 16-byte salt, 32-byte tag. The library's default is Argon2id. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

let nobody: Promise<string> | undefined;

export const argon2id: Passphrases = {
  hash: (passphrase) => hash(normalised(passphrase), parameters),
  verify: (stored, passphrase) => verify(stored, normalised(passphrase)),
  async verifyNobody(passphrase) {
    nobody ??= hash(crypto.getRandomValues(new Uint8Array(32)), parameters);
    await verify(await nobody, normalised(passphrase));
    return false;
  },
};

/** NIST SP 800-63B §3.1.1.2: the same words typed on another keyboard are the same passphrase. */
function normalised(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

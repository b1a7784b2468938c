import type { Sealer } from '#src/ports/keyring.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { type XwingPrivateKey, xwing, xwingDecapsulate, xwingEncapsulate } from './xwing.ts';

/** KEM id of X-Wing in the HPKE registry; its shared secret enters the key schedule as it is. */
export const xwingKemId = 0x647a;

export const hpkeSealer: Sealer = {
  async seal(publicKey, plaintext, info) {
    const { ciphertext: enc, sharedSecret } = xwingEncapsulate(publicKey);
    return { enc, ciphertext: hpkeSeal({ kemId: xwingKemId, sharedSecret }, info, plaintext) };
  },
};

/** What was sealed to this key with this info, or null: whoever sealed it learns nothing from which part was wrong. */
export function openSealed(
  key: XwingPrivateKey,
  sealed: { enc: Uint8Array; ciphertext: Uint8Array; info: Uint8Array },
): Uint8Array | null {
  if (sealed.enc.length !== xwing.ciphertextBytes) return null;
  const sharedSecret = sharedSecretOf(key, sealed.enc);
  return sharedSecret && hpkeOpen({ kemId: xwingKemId, sharedSecret }, sealed.info, sealed.ciphertext);
}

function sharedSecretOf(key: XwingPrivateKey, enc: Uint8Array): Uint8Array | null {
  try {
    return xwingDecapsulate(key, enc);
  } catch {
    // X25519 refuses points of small order by throwing: such an enc is nobody's honest encapsulation
    return null;
  }
}

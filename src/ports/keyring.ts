import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import type { Refusal } from '#src/protocol/refusal.ts';

export interface PublicIdentity {
  readonly service: ServiceId;
  /** Ed25519, 32 raw bytes. */
  readonly inceptionKey: Uint8Array;
  readonly signingKey: { readonly id: KeyId; readonly publicKey: Uint8Array };
  /** X-Wing, 1216 raw bytes. */
  readonly sealingKey: { readonly id: KeyId; readonly publicKey: Uint8Array };
}

/** Holds the node's private keys; nothing else ever sees them, so a hardware module can stand behind it. */
export interface Keyring {
  readonly identity: PublicIdentity;
  /** Ed25519 (RFC 8032) over `bytes`: 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** HPKE base mode open (RFC 9180). `envelope-key-unknown` or `envelope-seal-broken` as refusals. */
  open(sealed: {
    key: KeyId;
    enc: Uint8Array;
    ciphertext: Uint8Array;
    info: Uint8Array;
  }): Promise<Uint8Array | Refusal>;
}

/** HPKE base mode seal to a peer's public sealing key. Throws on a malformed key. */
export interface Sealer {
  seal(
    publicKey: Uint8Array,
    plaintext: Uint8Array,
    info: Uint8Array,
  ): Promise<{ enc: Uint8Array; ciphertext: Uint8Array }>;
}

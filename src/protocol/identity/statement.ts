/** KEY-1: what a service says of its keys, in its own signed words; each statement follows from the one before. */
import type { KeyId, RecordHash, ServiceId, UnixMs } from '../primitives.ts';

/** JWS `typ` of a statement of keys. */
export const statementType = 'tansiq-keys';

export interface PublicKey {
  readonly id: KeyId;
  /** Raw: 32 bytes of Ed25519, 1216 of X-Wing. */
  readonly publicKey: Uint8Array;
}

/** The keys of a service as one statement says them. Version 1 is its service card. */
export interface ServiceKeys {
  readonly service: ServiceId;
  readonly version: number;
  /** SHA-256 over the ASCII of the statement's JWS, base64url; of the card's JWS for version 1. */
  readonly hash: RecordHash;
  /** The current one first; the rest are retired and still verify what they signed. */
  readonly signing: readonly PublicKey[];
  /** Revoked for good: they verify nothing that arrives from now on. */
  readonly revoked: readonly KeyId[];
  readonly sealing: PublicKey;
  /** The offline key that speaks for the service when its signing key is lost or stolen. */
  readonly recovery: PublicKey | null;
}

/** A verified statement, version 2 and on. Only `verifyStatement` makes one. */
export interface KeyStatement extends ServiceKeys {
  readonly previous: RecordHash;
  readonly at: UnixMs;
  /** Which key of the version before signed it. */
  readonly signer: KeyId;
  readonly signedBy: 'signing' | 'recovery';
  readonly jws: string;
}

export const statementLimits = {
  bytesMax: 64 * 1024,
  /** Signing keys, current and retired; as many revoked ones. */
  keysMax: 64,
  /** Every partner keeps all of them; a card takes them all. */
  versionMax: 64,
} as const;

/** The store's words for KEY-1: services' statements of their keys, ours among them, and who was told of ours. */
import type { KeyId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';

/** One statement after the card, verified before it was kept. */
export interface StoredStatement {
  readonly version: number;
  readonly hash: string;
  readonly jws: string;
  /** False where it contradicts the ones in force: evidence, and believed no more. */
  readonly inForce: boolean;
}

export interface StoredKeys {
  readonly version: number;
  /** Current and retired; 32 raw bytes each. */
  readonly signing: { readonly [key: KeyId]: Uint8Array };
  /** Revoked: for reading what is stored, never for what arrives. */
  readonly revoked: { readonly [key: KeyId]: Uint8Array };
  readonly sealing: { readonly id: KeyId; readonly publicKey: Uint8Array };
}

/** How far a partner has shown to know our statements. */
export interface KeysTold {
  readonly service: ServiceId;
  /** 0 where nothing is known of it, as with every new partner. */
  readonly version: number;
  readonly at: UnixMs | null;
}

export interface KeyWords {
  /** Oldest first, contradicting ones after the ones in force of the same version. */
  keyStatements(service: ServiceId): Promise<StoredStatement[]>;
  /** Keeps one, or says anew whether it is in force. Of each version only one is. */
  putKeyStatement(service: ServiceId, statement: StoredStatement, at: UnixMs): Promise<void>;
  /** Null for a service that we do not know. */
  serviceKeys(service: ServiceId): Promise<StoredKeys | null>;
  /** What its signatures are checked with and what is sealed to, from now on. */
  setServiceKeys(service: ServiceId, keys: StoredKeys): Promise<void>;
  /** Of every confirmed, unrevoked partner, by its identity. */
  keysTold(): Promise<KeysTold[]>;
  noteKeysTold(partner: ServiceId, version: number, at: UnixMs): Promise<void>;
}

import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import type { Refusal } from '#src/protocol/refusal.ts';

export type KeyUse = 'signing' | 'sealing';

export interface PublicKeyOf {
  readonly id: KeyId;
  /** Raw: Ed25519 32 bytes, X-Wing 1216 bytes. */
  readonly publicKey: Uint8Array;
}

export interface PublicIdentity {
  readonly service: ServiceId;
  /** Ed25519, 32 raw bytes. Public for ever, also when its private half is gone. */
  readonly inceptionKey: Uint8Array;
  /** The current ones. */
  readonly signingKey: PublicKeyOf;
  readonly sealingKey: PublicKeyOf;
}

/** The current keys and the statement of keys that made them so (KEY-1). */
export interface KeysInUse {
  readonly signing: KeyId;
  readonly sealing: KeyId;
  /** Our own statements after the card, oldest first: kept with the keys, so that an older database learns them again. */
  readonly statements: readonly string[];
}

/**
 * Holds the node's private keys; nothing else ever sees them, so a hardware module can stand behind it. What a module must do:
 *
 * - several Ed25519 and X-Wing (ML-KEM-768 with X25519) key pairs at once, made inside, each found by the id that is the
 *   SHA-256 of its raw public key, and removed one by one: the ids of a module's own (labels, handles) stay inside the adapter;
 * - raw Ed25519 signatures over whole messages of up to 8 MiB (PKCS #11: CKM_EDDSA, not the prehashed form);
 * - decapsulation of X-Wing, or of its two parts with the combiner outside: the shared secret may leave, the keys may not;
 * - keep the few bytes of `KeysInUse` durably beside the keys, or let the adapter keep them in a file: they are public;
 * - answer within a minute (`exchangeLimits.signingMsMax`): the exchange gives up a slower signature and asks again.
 *
 * Every method is asynchronous, and no caller depends on the order of two calls. Throws `KeyringUnavailable` where the keys are
 * not to be had: then nothing was signed, opened or changed.
 */
export interface Keyring {
  /** What it is now; changes with `use`. */
  readonly identity: PublicIdentity;
  /** Of the last `use`. */
  readonly statements: readonly string[];
  /** Whether the private half of this key is here. */
  holds(id: KeyId): boolean;
  /** Every key whose private half is here, in no order. */
  keys(): readonly { readonly id: KeyId; readonly use: KeyUse }[];
  /** A new key pair, durable when it resolves, not yet current. */
  make(use: KeyUse): Promise<PublicKeyOf>;
  /** From now on these are current, durably, both at once. Throws where it does not hold one of them. */
  use(keys: KeysInUse): Promise<void>;
  /** Destroys a private key for good. Throws for a current one; a key that is not here is gone already. */
  forget(id: KeyId): Promise<void>;
  /**
   * Ed25519 (RFC 8032) over `bytes`: 64 bytes. Who has named a key in what is signed gives its id here too, because the
   * current one may have changed meanwhile.
   */
  sign(bytes: Uint8Array, key?: KeyId): Promise<Uint8Array>;
  /** HPKE base mode open (RFC 9180), by any key held. `envelope-key-unknown` or `envelope-seal-broken` as refusals. */
  open(sealed: {
    key: KeyId;
    enc: Uint8Array;
    ciphertext: Uint8Array;
    info: Uint8Array;
  }): Promise<Uint8Array | Refusal>;
}

/** `locked`: the unlocking secret is not the one that the keys were locked with. */
export type KeyringProblem = 'exists' | 'missing' | 'corrupt' | 'too-open' | 'locked' | 'secret-missing';

/** The node has no usable keys: it must not start, or must not sign. Says which key or file and what to do; never content. */
export class KeyringUnavailable extends Error {
  override readonly name = 'KeyringUnavailable';
  readonly problem: KeyringProblem;
  constructor(problem: KeyringProblem, what: string) {
    super(`${what} ${sentences[problem]}`);
    this.problem = problem;
  }
}

const sentences: { readonly [P in KeyringProblem]: string } = {
  exists: 'exists already and is never overwritten',
  missing:
    'is missing; restore it from the key backup, or go on with the recovery key (`tansiq keys recovery use`), or set the node up anew',
  corrupt: 'is damaged; restore it from the key backup',
  'too-open': 'can be read by other users of this machine; allow only its owner (chmod 600) and consider it known',
  locked: 'cannot be unlocked with this secret; give the one that the keys were locked with (TANSIQ_KEY_SECRET_FILE)',
  'secret-missing':
    'is missing, and with it the secret that unlocks the keys; restore it, or name another file (TANSIQ_KEY_SECRET_FILE)',
};

/** KEY-1: the offline key. Its private half is never in a node: it is made here, shown once, and given back when needed. */
export interface RecoveryKeys {
  /** `secret`: for people to write down; a mistake in typing it back is noticed. */
  make(): PublicKeyOf & { readonly secret: string };
  /** Null where the text is no recovery secret. */
  from(secret: string): (PublicKeyOf & { sign(bytes: Uint8Array): Uint8Array }) | null;
}

/** HPKE base mode seal to a peer's public sealing key. Throws on a malformed key. */
export interface Sealer {
  seal(
    publicKey: Uint8Array,
    plaintext: Uint8Array,
    info: Uint8Array,
  ): Promise<{ enc: Uint8Array; ciphertext: Uint8Array }>;
}

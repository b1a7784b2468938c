/** Turns passphrases into what may be stored, and checks them. Slow on purpose. */
export interface Passphrases {
  /** A salted, memory-hard hash in PHC string form; never the same twice. */
  hash(passphrase: string): Promise<string>;
  /** True if `passphrase` is the one behind `hash`. Takes as long when it is not. */
  verify(hash: string, passphrase: string): Promise<boolean>;
  /** The work of `verify` for a login that does not exist, so that the time taken tells nothing. Always false. */
  verifyNobody(passphrase: string): Promise<false>;
}

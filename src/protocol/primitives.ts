/** What the pure core needs from outside, as synchronous arguments: it has no cryptography of its own. */
export interface Primitives {
  /** SHA-256 (FIPS 180-4): 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Ed25519 verification (RFC 8032): `publicKey` 32 raw bytes, `signature` 64 bytes. False for anything malformed. */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** SHA-256 of a service's inception key (32 raw bytes), base64url: the service's only identity (KEY-2). */
export type ServiceId = string;
/** SHA-256 of a raw public key, base64url. */
export type KeyId = string;
/** SHA-256 of the issuer-signed JWT alone (ASCII), base64url: the same for whole and reduced copies (REC-4). */
export type RecordHash = string;
/** UUIDv7 (RFC 9562), lower case. */
export type RecordId = string;
/** `YYYY-MM-DD`. */
export type CalendarDate = string;
/** Seconds since 1970-01-01T00:00:00Z. */
export type UnixSeconds = number;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UnixMs = number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const languages = ['ar', 'fr', 'en'] as const;
export type Language = (typeof languages)[number];
/** One text in every language of the interface. */
export type Trilingual = { readonly [L in Language]: string };

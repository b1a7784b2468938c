import { parseCanonicalJson } from '../canonical-json.ts';
import { fromBase64url, fromUtf8 } from '../encoding.ts';
import { hasExactly, isHash, isSequence, isUnixMs, textHash } from '../exchange/forms.ts';
import { sealingSuite } from '../exchange/state.ts';
import { keyIdOf } from '../fingerprint.ts';
import { isSignedBy, type SplitJws, splitJws } from '../jws.ts';
import type { Json, KeyId, Primitives, ServiceId } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isSoundPoint } from '../sound-point.ts';
import { type KeyStatement, type PublicKey, type ServiceKeys, statementLimits, statementType } from './statement.ts';

const ed25519Bytes = 32;
/** X-Wing: ML-KEM-768 and X25519. */
const xwingBytes = 1_216;

/**
 * KEY-1: believes a statement as the one that follows `before`, or says why not. It is signed by the current signing key of
 * `before`, or by the recovery key that `before` names: so who has neither cannot change the keys of a service, and a thief
 * of the signing key is answered by the recovery key. Never throws.
 */
export function verifyStatement(jws: string, before: ServiceKeys, primitives: Primitives): KeyStatement | Refusal {
  const split = splitStatement(jws);
  if (split === null) return refuse('keys-invalid');
  const signedBy = signerOf(split, before, primitives);
  if (signedBy === null) return refuse('keys-invalid');
  const claims = readClaims(split.payload, primitives);
  if (claims === null || claims.service !== before.service) return refuse('keys-invalid');
  if (claims.version !== before.version + 1 || claims.previous !== before.hash) return refuse('keys-invalid');
  if (!follows(claims, before)) return refuse('keys-invalid');
  return { ...claims, hash: textHash(jws, primitives), signer: split.kid, signedBy, jws };
}

/** A statement's key and place, for whoever has verified its signature already: which statement it says it follows. */
export function placeOf(jws: SplitJws): { version: number; previous: string } | null {
  const value = parseCanonicalJson(jws.payload, jsonLimits);
  if (!hasExactly(value, fields)) return null;
  const { version, previous } = value;
  return isSequence(version) && isHash(previous) ? { version, previous } : null;
}

const fields = ['v', 'service', 'version', 'previous', 'at', 'signing', 'revoked', 'sealing', 'recovery'];
const jsonLimits = { depthMax: 3, bytesMax: statementLimits.bytesMax };

/** Taken apart, nothing believed; null for what is too large or has not the form. */
export function splitStatement(jws: string): SplitJws | null {
  if (jws.length > statementLimits.bytesMax) return null;
  const split = splitJws(jws, statementType);
  return split === 'malformed' ? null : split;
}

/** In canonical JSON these stand side by side, and no key or hash within can look like this. */
const servicePattern = /,"service":"([A-Za-z0-9_-]{43})","signing":/;

/** Whose statement it claims to be, found without parsing: nothing follows from it but by whose keys it is verified. */
export function claimedService(jws: string): ServiceId | null {
  const split = splitStatement(jws);
  return (split && servicePattern.exec(fromUtf8(split.payload) ?? '')?.[1]) ?? null;
}

/** Which key of `before` signed it; null for any other, and for a signature that is not that key's. */
export function signerOf(jws: SplitJws, before: ServiceKeys, primitives: Primitives): KeyStatement['signedBy'] | null {
  const [current] = before.signing;
  const { recovery } = before;
  if (current?.id === jws.kid) return isSignedBy(jws, current.publicKey, primitives) ? 'signing' : null;
  if (recovery?.id === jws.kid) return isSignedBy(jws, recovery.publicKey, primitives) ? 'recovery' : null;
  return null;
}

type Claims = Omit<KeyStatement, 'hash' | 'signer' | 'signedBy' | 'jws'>;

function readClaims(bytes: Uint8Array, primitives: Primitives): Claims | null {
  const value = parseCanonicalJson(bytes, jsonLimits);
  if (!hasExactly(value, fields) || value.v !== 1) return null;
  const { service, version, previous, at } = value;
  if (!isHash(service) || !isSequence(version) || !isHash(previous) || !isUnixMs(at)) return null;
  if (version > statementLimits.versionMax) return null;
  const signing = readKeys(value.signing, primitives);
  const revoked = readIds(value.revoked);
  const sealing = readSealing(value.sealing, primitives);
  const recovery = value.recovery === null ? null : readEd25519(value.recovery, primitives);
  if (!signing || !revoked || !sealing || recovery === undefined) return null;
  const ids = [...signing.map(({ id }) => id), ...revoked, sealing.id, ...(recovery ? [recovery.id] : [])];
  if (new Set(ids).size !== ids.length) return null;
  return { service, version, previous, at, signing, revoked, sealing, recovery };
}

function readKeys(value: Json | undefined, primitives: Primitives): readonly PublicKey[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > statementLimits.keysMax) return null;
  const keys = value.map((one: Json) => readEd25519(one, primitives));
  return keys.every((key) => key !== undefined) ? keys : null;
}

function readIds(value: Json | undefined): readonly KeyId[] | null {
  if (!Array.isArray(value) || value.length > statementLimits.keysMax) return null;
  const ids: readonly Json[] = value;
  return ids.every(isHash) && ids.every((id, at) => at === 0 || (ids[at - 1] as string) < id) ? ids : null;
}

function readEd25519(value: Json | undefined, primitives: Primitives): PublicKey | undefined {
  if (!hasExactly(value, ['id', 'publicKey'])) return undefined;
  const key = readKey(value.id, value.publicKey, ed25519Bytes, primitives);
  return key && isSoundPoint(key.publicKey) ? key : undefined;
}

function readSealing(value: Json | undefined, primitives: Primitives): PublicKey | undefined {
  if (!hasExactly(value, ['id', 'publicKey', 'suite']) || value.suite !== sealingSuite) return undefined;
  return readKey(value.id, value.publicKey, xwingBytes, primitives);
}

/** KEY-2: a key under another's id would stand for the other. */
function readKey(
  id: Json | undefined,
  text: Json | undefined,
  bytes: number,
  primitives: Primitives,
): PublicKey | undefined {
  const publicKey = typeof text === 'string' ? fromBase64url(text) : null;
  if (!isHash(id) || publicKey?.length !== bytes || keyIdOf(publicKey, primitives) !== id) return undefined;
  return { id, publicKey };
}

/**
 * A revocation is for good; what signed before and is not revoked still verifies; nothing becomes retired that never was
 * current, or old records could be made up under a key of today.
 */
function follows(claims: Claims, before: ServiceKeys): boolean {
  const [current, ...retired] = claims.signing.map(({ id }) => id);
  const known = new Set(before.signing.map(({ id }) => id));
  return (
    before.revoked.every((id) => claims.revoked.includes(id)) &&
    claims.revoked.every((id) => known.has(id) || before.revoked.includes(id)) &&
    retired.every((id) => known.has(id)) &&
    [...known].every((id) => id === current || retired.includes(id) || claims.revoked.includes(id))
  );
}

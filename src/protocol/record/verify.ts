import { parseCanonicalJson } from '../canonical-json.ts';
import { base64url, fromUtf8 } from '../encoding.ts';
import { isSignedBy, type SplitJws, splitJws } from '../jws.ts';
import type { KeyId, Primitives, RecordHash, RecordId, ServiceId } from '../primitives.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { assembleRecord, believe } from './assemble.ts';
import { type RecordClaims, readClaims } from './claims.ts';
import { type RecordHeader, recordLimits, type VerifiedRecord } from './record.ts';
import { problemOfReferences } from './references.ts';

/** `typ` of a record's JWS header (RFC 9901 section 9.11: explicit typing). */
export const recordType = 'tansiq-record+sd-jwt';

/**
 * REC-2: believes a record, or says why not. The order matters: size, form and signature come before anything is parsed,
 * so that only the origin's own bytes reach the parser. Never throws, whatever the text.
 *
 * @param keyOf the origin's Ed25519 key (32 raw bytes); undefined when it is unknown or revoked.
 */
export function verifyRecord(
  sdJwt: string,
  keyOf: (origin: ServiceId, keyId: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): VerifiedRecord | Refusal {
  const copy = verifyCopy(sdJwt, keyOf, primitives);
  return isRefusal(copy) ? copy : (problemOfReferences(copy, primitives) ?? copy);
}

/** Its signature and its form alone: what it says of other records (REC-1) is as its author has it. */
export function verifyCopy(
  sdJwt: string,
  keyOf: (origin: ServiceId, keyId: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): VerifiedRecord | Refusal {
  const parts = splitSdJwt(sdJwt);
  if (isRefusal(parts)) return parts;
  const signed = verifySigned(parts.jwt, keyOf, primitives);
  if (isRefusal(signed)) return signed;
  const content = assembleRecord(signed.claims, parts.disclosures, primitives);
  if (isRefusal(content)) return content;
  return believe(content, { hash: signed.hash, keyId: signed.keyId, jwt: parts.jwt });
}

/** A revision of which nothing is disclosed: its place in the chain, signed by its origin. */
export interface VerifiedRevision
  extends Pick<RecordHeader, 'id' | 'kind' | 'revision' | 'previous' | 'status' | 'origin'> {
  readonly hash: RecordHash;
  readonly jwt: string;
}

/** REC-4: believes the bare JWS of a revision that was skipped, or says why not. Never throws, whatever the text. */
export function verifyRevision(
  jwt: string,
  keyOf: (origin: ServiceId, keyId: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): VerifiedRevision | Refusal {
  if (jwt.length > recordLimits.bytesMax) return refuse('record-too-large', { limit: recordLimits.bytesMax });
  const signed = verifySigned(jwt, keyOf, primitives);
  if (isRefusal(signed)) return signed;
  const { id, kind, revision, previous, status, origin } = signed.claims.header;
  return { id, kind, revision, previous, status, origin, hash: signed.hash, jwt };
}

interface Signed {
  readonly claims: RecordClaims;
  readonly hash: RecordHash;
  readonly keyId: KeyId;
}

function verifySigned(
  jwt: string,
  keyOf: (origin: ServiceId, keyId: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): Signed | Refusal {
  const jws = splitJws(jwt, recordType);
  const origin = jws === 'malformed' ? undefined : claimedOrigin(jws);
  if (jws === 'malformed' || origin === undefined) return refuse('record-malformed');

  const key = keyOf(origin, jws.kid);
  if (key === undefined) return refuse('record-key-unknown');
  if (!isSignedBy(jws, key, primitives)) return refuse('record-signature-invalid');

  const payload = parseCanonicalJson(jws.payload, recordLimits);
  if (payload === 'too-deep') return refuse('record-too-deep', { limit: recordLimits.depthMax });
  if (typeof payload === 'string') return refuse('record-malformed');
  const claims = readClaims(payload, primitives);
  if (isRefusal(claims)) return claims;
  // The key was chosen by a claim found without parsing; the parsed one must be the same.
  if (claims.header.origin !== origin) return refuse('record-malformed', { at: '/iss' });
  return { claims, hash: base64url(primitives.sha256(jws.bytes)), keyId: jws.kid };
}

/** In canonical JSON the `iss` claim follows a comma, and no text within a string can look like this. */
const originPattern = /,"iss":"([A-Za-z0-9_-]{43})",/;

/** Whose record it claims to be, found without parsing: nothing follows from it but by whose keys it is verified. */
export function originOf(jwt: string): ServiceId | null {
  const jws = splitJws(jwt, recordType);
  return (jws === 'malformed' ? undefined : claimedOrigin(jws)) ?? null;
}

/** In canonical JSON the two stand side by side. */
const idPattern = /,"id":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})","iss":"/;

/** Which record it claims to be a revision of, found without parsing: nothing follows from it but what is read ahead. */
export function claimedId(sdJwt: string): RecordId | null {
  const jws = splitJws(sdJwt.slice(0, sdJwt.indexOf('~')), recordType);
  return jws === 'malformed' ? null : (idPattern.exec(fromUtf8(jws.payload) ?? '')?.[1] ?? null);
}

function claimedOrigin(jws: SplitJws): ServiceId | undefined {
  return originPattern.exec(fromUtf8(jws.payload) ?? '')?.[1];
}

/** `jwt~d1~d2~…~` (RFC 9901 section 4). No key binding: what travels is bound to its recipient by the envelope. */
function splitSdJwt(sdJwt: string): { jwt: string; disclosures: readonly string[] } | Refusal {
  if (sdJwt.length > recordLimits.bytesMax) return refuse('record-too-large', { limit: recordLimits.bytesMax });
  let from = sdJwt.indexOf('~') + 1;
  if (from === 0 || !sdJwt.endsWith('~')) return refuse('record-malformed');
  const jwt = sdJwt.slice(0, from - 1);
  const disclosures: string[] = [];
  while (from < sdJwt.length) {
    const limit = recordLimits.disclosuresMax;
    if (disclosures.length === limit) return refuse('record-too-many-parts', { limit });
    const to = sdJwt.indexOf('~', from);
    disclosures.push(sdJwt.slice(from, to));
    from = to + 1;
  }
  return { jwt, disclosures };
}

import { parseCanonicalJson } from '../canonical-json.ts';
import { base64url, fromUtf8 } from '../encoding.ts';
import { isSignedBy, type SplitJws, splitJws } from '../jws.ts';
import type { KeyId, Primitives, RecordHash, RecordId, ServiceId } from '../primitives.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { assembleRecord, believe } from './assemble.ts';
import { type RecordClaims, readClaims } from './claims.ts';
import { type RecordHeader, recordLimits, type VerifiedRecord } from './record.ts';

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
  const parts = splitSdJwt(sdJwt);
  if (isRefusal(parts)) return parts;
  const signed = verifySigned(parts.jwt, keyOf, primitives);
  if (isRefusal(signed)) return signed;
  return believed(parts, signed, primitives);
}

/**
 * REC-2: a copy that we keep, believed when it was kept: bytes of the same hash are the same bytes. For what is about to be
 * sent, because its recipient verifies it; whoever signs anew from what is kept verifies the signature once more.
 *
 * @param hash under which the copy was believed.
 */
export function readKept(sdJwt: string, hash: RecordHash, primitives: Primitives): VerifiedRecord | Refusal {
  const parts = splitSdJwt(sdJwt);
  if (isRefusal(parts)) return parts;
  const split = splitRecordJws(parts.jwt);
  if (isRefusal(split)) return split;
  const { jws, origin } = split;
  if (hashOf(jws, primitives) !== hash) return refuse('record-signature-invalid');
  const signed = readSigned(jws, origin, primitives);
  if (isRefusal(signed)) return signed;
  return believed(parts, signed, primitives);
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
  const split = splitRecordJws(jwt);
  if (isRefusal(split)) return split;
  const { jws, origin } = split;
  const key = keyOf(origin, jws.kid);
  if (key === undefined) return refuse('record-key-unknown');
  if (!isSignedBy(jws, key, primitives)) return refuse('record-signature-invalid');
  return readSigned(jws, origin, primitives);
}

function splitRecordJws(jwt: string): { readonly jws: SplitJws; readonly origin: ServiceId } | Refusal {
  const jws = splitJws(jwt, recordType);
  const origin = jws === 'malformed' ? undefined : claimedOrigin(jws);
  return jws === 'malformed' || origin === undefined ? refuse('record-malformed') : { jws, origin };
}

/** What stands in bytes that are known to be the origin's own. */
function readSigned(jws: SplitJws, origin: ServiceId, primitives: Primitives): Signed | Refusal {
  const payload = parseCanonicalJson(jws.payload, recordLimits);
  if (payload === 'too-deep') return refuse('record-too-deep', { limit: recordLimits.depthMax });
  if (typeof payload === 'string') return refuse('record-malformed');
  const claims = readClaims(payload, primitives);
  if (isRefusal(claims)) return claims;
  // The key was chosen by a claim found without parsing; the parsed one must be the same.
  if (claims.header.origin !== origin) return refuse('record-malformed', { at: '/iss' });
  return { claims, hash: hashOf(jws, primitives), keyId: jws.kid };
}

function hashOf(jws: SplitJws, primitives: Primitives): RecordHash {
  return base64url(primitives.sha256(jws.bytes));
}

function believed(parts: SdJwtParts, signed: Signed, primitives: Primitives): VerifiedRecord | Refusal {
  const content = assembleRecord(signed.claims, parts.disclosures, primitives);
  if (isRefusal(content)) return content;
  return believe(content, { hash: signed.hash, keyId: signed.keyId, jwt: parts.jwt });
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

interface SdJwtParts {
  readonly jwt: string;
  readonly disclosures: readonly string[];
}

/** `jwt~d1~d2~…~` (RFC 9901 section 4). No key binding: what travels is bound to its recipient by the envelope. */
function splitSdJwt(sdJwt: string): SdJwtParts | Refusal {
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

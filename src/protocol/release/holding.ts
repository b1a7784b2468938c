import type { PermissionStanding } from '../admission/permission.ts';
import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { fromUtf8 } from '../encoding.ts';
import { hasExactly, isHash, isUnixMs } from '../exchange/forms.ts';
import { messageLimits } from '../exchange/message.ts';
import { isSignedBy, jwsSigningInput, splitJws } from '../jws.ts';
import type { KeyId, Primitives, RecordHash, RecordId, ServiceId, UnixMs } from '../primitives.ts';
import { isRecordId } from '../record/claims.ts';
import { recordLimits } from '../record/record.ts';
import { isRecordIdOf } from '../record/record-id.ts';
import { isAscending } from '../record/shape.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** JWS `typ` of a statement of who holds what. */
export const holdingType = 'tansiq-holding';

/**
 * REL-3: what a relay tells the origin when it has passed a record on (`released`: the board shows *reported*), and what
 * the holder tells it itself (`received`: *confirmed*). Identifiers alone, so it may be kept when the record is erased.
 */
export interface HoldingClaims {
  readonly v: 1;
  /** Who signs: the relay with `released`, the holder with `received`. */
  readonly by: ServiceId;
  readonly origin: ServiceId;
  readonly record: RecordId;
  readonly hash: RecordHash;
  /** The disclosures of the copy, ascending. */
  readonly digests: readonly string[];
  readonly holder: ServiceId;
  readonly relay: ServiceId;
  readonly act: 'released' | 'received';
  readonly at: UnixMs;
}

/** What the signer's key must sign. Digests are put in order. */
export function holdingSigningInput(claims: Omit<HoldingClaims, 'v' | 'by'>, keyId: KeyId): Uint8Array {
  const by = claims.act === 'released' ? claims.relay : claims.holder;
  const all = { v: 1, by, ...claims, digests: claims.digests.toSorted() };
  return jwsSigningInput(holdingType, keyId, canonicalJson(all));
}

/**
 * Believes a statement of whom it names, or says why not. The signer that it claims only chooses the key; nothing is
 * parsed before the signature is verified. Never throws.
 *
 * @param keyOf the service's Ed25519 key (32 raw bytes); undefined when it is unknown or revoked.
 */
export function verifyHolding(
  statement: string,
  keyOf: (service: ServiceId, key: KeyId) => Uint8Array | undefined,
  primitives: Primitives,
): HoldingClaims | Refusal {
  const jws = splitJws(statement, holdingType);
  if (jws === 'malformed') return refuse('holding-invalid');
  const by = signerPattern.exec(fromUtf8(jws.payload) ?? '')?.[1];
  const key = by === undefined ? undefined : keyOf(by, jws.kid);
  if (key === undefined || !isSignedBy(jws, key, primitives)) return refuse('holding-invalid');
  const claims = readClaims(jws.payload);
  if (claims?.by !== by || claims === null) return refuse('holding-invalid');
  // REC-1: of whom the record is, its id says.
  return isRecordIdOf(claims.origin, claims.record, primitives) ? claims : refuse('holding-invalid', { at: '/record' });
}

/** Canonical JSON sorts the members, so these three come first. */
const signerPattern = /^\{"act":"(?:released|received)","at":\d+,"by":"([A-Za-z0-9_-]{43})",/;

const members = ['v', 'by', 'origin', 'record', 'hash', 'digests', 'holder', 'relay', 'act', 'at'];

function readClaims(bytes: Uint8Array): HoldingClaims | null {
  const value = parseCanonicalJson(bytes, { depthMax: 2, bytesMax: messageLimits.statementCharactersMax });
  if (!hasExactly(value, members) || value.v !== 1) return null;
  const { by, origin, record, hash, digests, holder, relay, act, at } = value;
  if (!isHash(by) || !isHash(origin) || !isRecordId(record) || !isHash(hash)) return null;
  if (!isHash(holder) || !isHash(relay) || !isUnixMs(at)) return null;
  if (act !== 'released' && act !== 'received') return null;
  if (!Array.isArray(digests) || digests.length > recordLimits.disclosuresMax) return null;
  if (!digests.every(isHash) || !isAscending(digests)) return null;
  // Nobody speaks for another: the relay says what it gave, the holder what it got.
  if (by !== (act === 'released' ? relay : holder) || holder === relay || holder === origin) return null;
  return { v: 1, by, origin, record, hash, digests, holder, relay, act, at };
}

/** Why the origin does not enter a statement among its holders; null: it does. */
export function problemOfHolding(
  claims: HoldingClaims,
  situation: {
    readonly self: ServiceId;
    /** Every permission of ours about this record, whatever became of it since. */
    readonly permissions: readonly PermissionStanding[];
    /** Whether this exact revision is ours. */
    readonly isOurs: boolean;
  },
): Refusal | null {
  if (claims.origin !== situation.self || !situation.isOurs) return refuse('holding-invalid', { at: '/hash' });
  // What was permitted once may be reported late: also after its expiry, its revocation, or its renewal for a newer revision.
  const permitted = situation.permissions.some(
    ({ use, grantee, onwardTo, about }) =>
      use === 'onward' && grantee === claims.relay && onwardTo === claims.holder && about.record === claims.record,
  );
  return permitted ? null : refuse('onward-not-permitted', { at: '/relay' });
}

import { canonicalJson } from '../canonical-json.ts';
import { base64url } from '../encoding.ts';
import { sealingSuite } from '../exchange/state.ts';
import { jwsSigningInput } from '../jws.ts';
import type { KeyId, UnixMs } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type PublicKey, type ServiceKeys, statementLimits, statementType } from './statement.ts';

/** What changes from one statement to the next; what is not named stays as it is. */
export interface KeyChange {
  /** The new current signing key; the one before is retired unless it is revoked. */
  readonly signing?: PublicKey;
  readonly sealing?: PublicKey;
  readonly recovery?: PublicKey;
  readonly revoke?: readonly KeyId[];
}

/** The next statement of a service, ready to be signed by `signer`: the current signing key before it, or the recovery key. */
export function prepareStatement(
  before: ServiceKeys,
  change: KeyChange,
  at: UnixMs,
  signer: KeyId,
): { readonly signingInput: Uint8Array } | Refusal {
  const revoked = [...new Set([...before.revoked, ...(change.revoke ?? [])])].sort();
  const { signing: fresh } = change;
  const listed = fresh ? [fresh, ...before.signing.filter(({ id }) => id !== fresh.id)] : before.signing;
  const signing = listed.filter(({ id }) => !revoked.includes(id));
  const limit = statementLimits.keysMax;
  if (signing.length > limit || revoked.length > limit) return refuse('keys-too-many', { limit });
  if (before.version >= statementLimits.versionMax) {
    return refuse('keys-too-many', { at: '/version', limit: statementLimits.versionMax });
  }
  const sealing = change.sealing ?? before.sealing;
  const recovery = change.recovery ?? before.recovery;
  const claims = {
    v: 1,
    service: before.service,
    version: before.version + 1,
    previous: before.hash,
    at,
    signing: signing.map(written),
    revoked,
    sealing: { ...written(sealing), suite: sealingSuite },
    recovery: recovery && written(recovery),
  };
  return { signingInput: jwsSigningInput(statementType, signer, canonicalJson(claims)) };
}

function written({ id, publicKey }: PublicKey): { id: KeyId; publicKey: string } {
  return { id, publicKey: base64url(publicKey) };
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import { arrangeRecord, entropyNeeded, issueRecord, prepareRecord } from '#src/protocol/record/issue.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';

/** A service with its key, for tests: the same name always has the same key. */
export interface Party {
  readonly id: ServiceId;
  readonly keyId: KeyId;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export function party(name: string): Party {
  const seed = createHash('sha256').update(`tansiq test key of ${name}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(der.subarray(-32));
  return {
    id: serviceIdOf(publicKey, nodePrimitives),
    keyId: keyIdOf(publicKey, nodePrimitives),
    publicKey,
    privateKey,
  };
}

export const signAs = (by: Party, bytes: Uint8Array): Uint8Array => new Uint8Array(sign(null, bytes, by.privateKey));

/** Knows this one key of this one service. */
export const keyOf = (of: Party) => (origin: ServiceId, keyId: KeyId) =>
  origin === of.id && keyId === of.keyId ? of.publicKey : undefined;

/** Bytes that look random and are the same in every run. */
export function entropyFrom(seed: string, length: number): Uint8Array {
  return new Uint8Array(
    createHash('shake256', { outputLength: Math.max(1, length) })
      .update(seed)
      .digest(),
  );
}

/** Signed without an honest issuer's look at what it says of other records, as a liar signs. */
export function forgedAs(by: Party, draft: RecordDraft, seed = 'forged'): VerifiedRecord {
  const arranged = arrangeRecord(draft, by.keyId, entropyFrom(seed, entropyNeeded(draft)), nodePrimitives);
  if (isRefusal(arranged)) throw new Error(`the draft was refused: ${arranged.code} at ${arranged.at}`);
  return issueRecord(arranged, signAs(by, arranged.signingInput), nodePrimitives);
}

export function issueAs(by: Party, draft: RecordDraft, seed = 'entropy'): VerifiedRecord {
  const prepared = prepareRecord(draft, by.keyId, entropyFrom(seed, entropyNeeded(draft)), nodePrimitives);
  if (isRefusal(prepared)) throw new Error(`the draft was refused: ${prepared.code} at ${prepared.at}`);
  return issueRecord(prepared, signAs(by, prepared.signingInput), nodePrimitives);
}

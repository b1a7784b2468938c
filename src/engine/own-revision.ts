import type { StoreUnit } from '#src/ports/store.ts';
import type { RecordHash } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { Signing } from './deps.ts';
import { storedKeyOf } from './stored-keys.ts';

/** A revision that we signed, with every disclosure that the unit's actor sees; null where it is not held or not seen. */
export async function ownRevision(
  unit: StoreUnit,
  hash: RecordHash,
  { keyring, primitives }: Pick<Signing, 'keyring' | 'primitives'>,
): Promise<VerifiedRecord | null> {
  const sdJwt = await unit.sdJwt(hash);
  if (sdJwt === null) return null;
  const record = verifyRecord(sdJwt, await storedKeyOf(unit, keyring.identity.service), primitives);
  if (isRefusal(record)) throw new Error('a revision of our own cannot be read');
  return record;
}

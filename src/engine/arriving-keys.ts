/** Under which keys what arrives is believed: current and retired ones; a revoked one verifies nothing any more (KEY-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import { textHash } from '#src/protocol/exchange/forms.ts';
import type { KeyId, Primitives, RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { KeyOf } from './stored-keys.ts';

/**
 * What `verify` makes of an arriving record or bare revision, `jwt` being its JWS. Under a revoked key it is
 * `record-key-revoked`, with one exception: a revision whose hash the next one names, signed by the origin with a key that is
 * good. The origin has answered for every byte of it anew.
 */
export async function verifyArriving<T extends object>(
  unit: StoreUnit,
  jwt: string,
  verify: (keyOf: KeyOf) => T | Refusal,
  primitives: Primitives,
): Promise<T | Refusal> {
  const good = await goodKeys(unit);
  let missed: { origin: ServiceId; key: KeyId } | null = null;
  const verified = verify((origin, key) => {
    const found = good(origin, key);
    if (found === undefined) missed = { origin, key };
    return found;
  });
  if (!isRefusal(verified) || verified.code !== 'record-key-unknown' || missed === null) return verified;
  // The closure above has set it: what TypeScript saw last is null.
  const { origin, key } = missed as { origin: ServiceId; key: KeyId };
  const revoked = (await unit.serviceKeys(origin))?.revoked[key];
  if (revoked === undefined) return verified;
  if (!(await isNamed(unit, textHash(jwt, primitives), origin, good, primitives))) return refuse('record-key-revoked');
  return verify((from, id) => (from === origin && id === key ? revoked : undefined));
}

async function goodKeys(unit: StoreUnit): Promise<KeyOf> {
  // By service first: what keys one card names is no matter for the records of another.
  const keys = new Map((await unit.signers()).map((service) => [service.id, service.signingKeys]));
  return (origin, key) => keys.get(origin)?.[key];
}

/** Whether a revision that waits here names this hash as the one before it, and its origin signed that with a good key. */
async function isNamed(
  unit: StoreUnit,
  hash: RecordHash,
  origin: ServiceId,
  good: KeyOf,
  primitives: Primitives,
): Promise<boolean> {
  for (const held of await unit.heldFor(hash)) {
    const next = verifyRecord(held.sdJwt, good, primitives);
    if (!isRefusal(next) && next.origin === origin && next.previous === hash) return true;
  }
  return false;
}

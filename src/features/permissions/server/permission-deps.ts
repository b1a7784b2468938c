import type { Signing } from '#src/engine/deps.ts';
import type { PermissionAuthor } from '#src/engine/permissions.ts';
import { storedKeyOf } from '#src/engine/stored-keys.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Sealer } from '#src/ports/keyring.ts';
import type { RecordHead } from '#src/ports/store.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Caller } from '../../handlers.ts';

export interface PermissionDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly sealer: Sealer;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

/** The current revision of a record, with what of it this officer sees; `not-found` where that is nothing. */
export async function seenRecord(
  tx: Tx,
  id: RecordId,
  { database, signing }: PermissionDeps,
): Promise<{ head: RecordHead; record: VerifiedRecord } | Refusal> {
  const unit = database.unit(tx);
  const head = await unit.head(id);
  const sdJwt = head && (await unit.sdJwt(head.hash));
  if (!head || !sdJwt) return refuse('not-found');
  // COR-3: of what was taken back nobody uses, asks for or permits anything any more.
  if (head.state !== 'active') return refuse('record-withdrawn');
  const record = verifyRecord(sdJwt, await storedKeyOf(unit, head.origin), signing.primitives);
  // An officer who sees the record sees its compartments; without them no copy is one.
  return isRefusal(record) ? refuse('not-found') : { head, record };
}

export function authorOf({ officer, language }: Caller, alsoOn: readonly string[]): PermissionAuthor {
  const desks = [...new Set([...officer.desks, ...alsoOn, 'liaison'])];
  return { officer: officer.id, language, desk: officer.desks[0] ?? 'liaison', desks };
}

/** Tells open screens, and the workers of those to whom something goes. */
export function told(deps: PermissionDeps, wake: readonly ServiceId[]): void {
  for (const peer of new Set(wake)) deps.wake(peer);
  deps.announce('inbox');
  deps.announce('records');
}

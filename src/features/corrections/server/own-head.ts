import type { Signing } from '#src/engine/deps.ts';
import { ownRevision } from '#src/engine/own-revision.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller } from '../../handlers.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import { nameResolved } from '../../resolving.ts';
import { asNode } from './as-node.ts';

export interface OwnHead {
  readonly record: VerifiedRecord;
  readonly desks: readonly string[];
}

/**
 * The newest revision of a record of our own, whole, for an officer who changes it. COR-1: an officer who does not see
 * every paragraph would drop what is hidden, and is refused; `not-found` where the record is another's or not seen at all.
 */
export async function ownHead(
  tx: Tx,
  id: RecordId,
  caller: Caller,
  here: { readonly database: Database; readonly signing: Signing },
): Promise<OwnHead | Refusal> {
  await oneAtATime(tx, `revisions of ${id}`);
  await nameResolved(here.database, tx, id);
  const head = await tx
    .selectFrom('record_head as head')
    .innerJoin('service', 'service.id', 'head.origin')
    .select(['head.hash', 'head.state', 'service.is_self'])
    .where('head.record_id', '=', id)
    .executeTakeFirst();
  if (!head?.is_self) return refuse('not-found');
  if (head.state === 'equivocal') return refuse('revision-equivocation');
  const unit = here.database.unit(tx);
  const seen = await unit.sdJwt(head.hash);
  // What the officer does not see is compared, and then not used.
  const record = await asNode(here.database, tx, caller, () => ownRevision(unit, head.hash, here.signing));
  if (seen === null || record === null) return refuse('not-found');
  const disclosed = seen.split('~').length - 2;
  if (disclosed !== record.disclosures.length) return refuse('revision-incomplete-here');
  return { record, desks: await unit.desks(id) };
}

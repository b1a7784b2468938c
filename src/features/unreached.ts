/** Whom an act toward many did not reach, as its journal lines say (`toEach`). */
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type RefusalCode, ruleOfRefusal } from '#src/protocol/refusal.ts';
import type { RefusalBrief, Unreached } from './contract.ts';
import type { Briefs } from './service-briefs.ts';

interface Act {
  readonly act: string;
  /** Null: an act about no record. */
  readonly record: RecordId | null;
  readonly hash: RecordHash;
}

/** What the newest line says of each service, as far as the reader sees these lines. */
export async function unreachedBy(
  tx: Tx,
  { act, record, hash }: Act,
): Promise<ReadonlyMap<ServiceId, Static<typeof RefusalBrief>>> {
  const rows = await tx
    .selectFrom('journal')
    .select(['service', 'reason'])
    .where('record_id', record === null ? 'is' : '=', record)
    .where('act', '=', act)
    .where('record_hash', '=', hash)
    .orderBy('seq')
    .execute();
  return new Map(rows.flatMap(({ service, reason }) => (service && reason ? [[service, whyOf(reason)]] : [])));
}

export async function unreachedServices(tx: Tx, act: Act, briefs: Briefs): Promise<Static<typeof Unreached>[]> {
  return [...(await unreachedBy(tx, act))].map(([service, why]) => ({ service: briefs(service), ...why }));
}

/** A code that the store has; its rule is known wherever the code is. */
export function whyOf(code: string): Static<typeof RefusalBrief> {
  return { code, rule: Object.hasOwn(ruleOfRefusal, code) ? ruleOfRefusal[code as RefusalCode] : 'ADM-1' };
}

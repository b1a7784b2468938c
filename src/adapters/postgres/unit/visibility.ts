import type { Actor, Tx } from '#src/ports/database.ts';
import type { StoreUnit, VisibleDisclosure } from '#src/ports/store.ts';
import type { RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import { isIn } from './is-in.ts';

/** Runs `inner` under another actor's policies and returns to the present one. */
export type As = <T>(actor: Actor, inner: () => Promise<T>) => Promise<T>;

export function visibilityWords(tx: Tx, as: As): Pick<StoreUnit, 'disclosuresFor'> {
  return {
    async disclosuresFor(partner, hash) {
      return (await visibleTo(tx, as, partner, [hash])).get(hash) ?? [];
    },
  };
}

/** What a partner sees of each of these revisions, nothing of it included. */
export function visibleTo(
  tx: Tx,
  as: As,
  partner: ServiceId,
  hashes: readonly RecordHash[],
): Promise<Map<RecordHash, VisibleDisclosure[]>> {
  // No label is compared here: the partner asks for itself, and the policies of db/policies answer
  return as({ kind: 'partner', service: partner }, async () => {
    const rows = await tx
      .selectFrom('disclosure')
      .select(['hash', 'digest', 'path'])
      .where(isIn('hash', hashes))
      .execute();
    const byHash = Map.groupBy(rows, ({ hash }) => hash);
    return new Map(
      hashes.map((hash) => [hash, (byHash.get(hash) ?? []).map(({ digest, path }) => ({ digest, path }))]),
    );
  });
}

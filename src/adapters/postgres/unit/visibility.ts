import type { Actor, Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { Level } from '#src/protocol/marking/marking.ts';
import type { RecordHash, ServiceId } from '#src/protocol/primitives.ts';
import type { LabelledDisclosure } from '#src/protocol/record/record.ts';
import { inOriginalOrder } from './disclosures.ts';

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
): Promise<Map<RecordHash, LabelledDisclosure[]>> {
  // No label is compared here: the partner asks for itself, and the policies of db/policies answer
  return as({ kind: 'partner', service: partner }, async () => {
    const rows = await tx
      .selectFrom('disclosure')
      .select(['hash', 'encoded', 'digest', 'path', 'level', 'compartments', 'releasable_to'])
      .where('hash', 'in', hashes)
      .execute();
    const byHash = Map.groupBy(rows, ({ hash }) => hash);
    return new Map(
      hashes.map((hash) => [
        hash,
        inOriginalOrder(byHash.get(hash) ?? []).map(
          ({ encoded, digest, path, level, compartments, releasable_to }): LabelledDisclosure => ({
            encoded,
            digest,
            path,
            // The column's check: 0 to 4
            label: { level: level as Level, compartments, releasableTo: releasable_to ?? 'any' },
          }),
        ),
      ]),
    );
  });
}

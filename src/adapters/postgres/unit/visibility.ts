import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { Level } from '#src/protocol/marking/marking.ts';
import type { LabelledDisclosure } from '#src/protocol/record/record.ts';
import { inOriginalOrder } from './disclosures.ts';
import type { As } from './index.ts';

export function visibilityWords(tx: Tx, as: As): Pick<StoreUnit, 'disclosuresFor'> {
  return {
    disclosuresFor(partner, hash) {
      // No label is compared here: the partner asks for itself, and the policies of db/policies answer
      return as({ kind: 'partner', service: partner }, async () => {
        const rows = await tx
          .selectFrom('disclosure')
          .select(['encoded', 'digest', 'path', 'level', 'compartments', 'releasable_to'])
          .where('hash', '=', hash)
          .execute();
        return inOriginalOrder(rows).map(
          ({ encoded, digest, path, level, compartments, releasable_to }): LabelledDisclosure => ({
            encoded,
            digest,
            path,
            // The column's check: 0 to 4
            label: { level: level as Level, compartments, releasableTo: releasable_to ?? 'any' },
          }),
        );
      });
    },
  };
}

import type { Reply } from '#src/features/contract.ts';
import type { Tx } from '#src/ports/database.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { bundles } from '../contract.ts';

const shownMax = 50;

/** The newest first. An export is confirmed once a verified receipt covers its last batch, by whatever road that came. */
export async function listExports(tx: Tx, peer: ServiceId): Promise<Reply<(typeof bundles)['listExports']> | Refusal> {
  const service = await tx
    .selectFrom('service')
    .select('carrier')
    .where('id', '=', peer)
    .where('is_self', '=', false)
    .executeTakeFirst();
  if (!service) return refuse('not-found');
  const rows = await tx
    .selectFrom('bundle_export')
    .leftJoin('officer', 'officer.id', 'bundle_export.officer')
    .select(['at', 'epoch', 'first_sequence', 'last_sequence', 'messages', 'confirmed_at', 'officer.display_name'])
    .where('peer', '=', peer)
    .orderBy('bundle_export.id', 'desc')
    .limit(shownMax)
    .execute();
  return {
    carrier: service.carrier,
    exports: rows.map((row) => ({
      at: row.at.toISOString(),
      officer: row.display_name ?? '',
      epoch: row.epoch,
      from: row.first_sequence,
      through: row.last_sequence,
      messages: row.messages,
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
    })),
  };
}

import type { Tx } from '#src/ports/database.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';

/** KEY-2: whom we do not know gets no place on the board. */
export async function unknownAmong(tx: Tx, recipients: readonly ServiceId[]): Promise<Refusal | null> {
  const rows = await tx.selectFrom('service').select('id').where('is_self', '=', false).execute();
  const known = new Set(rows.map(({ id }) => id));
  return recipients.every((recipient) => known.has(recipient)) ? null : refuse('peer-unknown', { at: '/recipients' });
}

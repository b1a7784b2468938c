import { cardWith } from '#src/engine/service-card.ts';
import type { Tx } from '#src/ports/database.ts';

/** Our row of the services, with the card as it is handed over now: the statements of our keys behind it (KEY-1). */
export async function ownCard(tx: Tx) {
  const row = await tx
    .selectFrom('service')
    .select(['id', 'code', 'names', 'url', 'card'])
    .where('is_self', '=', true)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const statements = await tx
    .selectFrom('key_statement')
    .select('jws')
    .where('service', '=', row.id)
    .where('in_force', '=', true)
    .orderBy('version')
    .execute();
  const texts = statements.map(({ jws }) => jws);
  return { ...row, card: cardWith(row.card, texts) };
}

import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';

type ReleaseWords =
  | 'release'
  | 'putRelease'
  | 'releaseSent'
  | 'releaseDelivered'
  | 'releaseRefused'
  | 'releaseRead'
  | 'releaseAt'
  | 'putHolder'
  | 'confirmHolder';

export function releaseWords(tx: Tx): Pick<StoreUnit, ReleaseWords> {
  return {
    async release(id) {
      const row = await tx
        .selectFrom('release')
        .innerJoin('record_revision', 'record_revision.hash', 'release.hash')
        .select([
          'release.id',
          'release.record_id',
          'release.hash',
          'release.recipient',
          'release.purpose',
          'release.withheld',
          'record_revision.origin',
          'record_revision.revision',
        ])
        .where('release.id', '=', id)
        .executeTakeFirst();
      if (!row) return null;
      const { record_id, hash, origin, revision, recipient, purpose, withheld } = row;
      return { id: row.id, reference: { origin, record: record_id, revision, hash }, recipient, purpose, withheld };
    },

    async putRelease({ id, reference, recipient, purpose, withheld }, by, at) {
      await tx
        .insertInto('release')
        .values({
          id,
          record_id: reference.record,
          hash: reference.hash,
          recipient,
          purpose,
          withheld: [...withheld],
          released_by: by,
          released_at: new Date(at),
          state: 'queued',
        })
        .execute();
    },

    async releaseSent(id, { epoch, sequence, index, digests }, at) {
      await tx
        .updateTable('release')
        .set({
          state: 'sent',
          epoch,
          sequence,
          message_index: index,
          digests: [...digests],
          sent_at: new Date(at),
        })
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'sent'])
        .execute();
    },

    async releaseDelivered(id, at) {
      await tx
        .updateTable('release')
        .set({ state: 'delivered', delivered_at: new Date(at) })
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'sent'])
        .execute();
    },

    async releaseRefused(id, { code, by }, at) {
      await tx
        .updateTable('release')
        .set({ state: 'refused', refused_code: code, refused_by: by, refused_at: new Date(at) })
        .where('id', '=', id)
        .where('state', '<>', 'refused')
        .execute();
    },

    async releaseRead(recipient, hash, at) {
      await tx
        .updateTable('release')
        .set({ read_at: new Date(at) })
        .where('recipient', '=', recipient)
        .where('hash', '=', hash)
        .where('state', '<>', 'refused')
        .where('read_at', 'is', null)
        .execute();
    },

    async releaseAt(recipient, epoch, sequence, index) {
      const row = await tx
        .selectFrom('release')
        .select('id')
        .where('recipient', '=', recipient)
        .where('epoch', '=', epoch)
        .where('sequence', '=', sequence)
        .where('message_index', '=', index)
        .executeTakeFirst();
      return row?.id ?? null;
    },

    async putHolder({ record, hash, holder, via, digests }, state, at) {
      const confirmed_at = state === 'confirmed' ? new Date(at) : null;
      await tx
        .insertInto('holder')
        .values({
          record_id: record,
          hash,
          holder,
          via,
          state,
          digests: [...digests],
          since: new Date(at),
          confirmed_at,
        })
        .onConflict((conflict) =>
          // What the holder itself confirmed, a later and weaker word does not take back
          conflict
            .columns(['hash', 'holder'])
            .doUpdateSet({ state, via, digests: [...digests], confirmed_at })
            .where('holder.state', '<>', 'confirmed'),
        )
        .execute();
    },

    async confirmHolder(holder, hash, at) {
      await tx
        .updateTable('holder')
        .set({ state: 'confirmed', confirmed_at: new Date(at) })
        .where('holder', '=', holder)
        .where('hash', '=', hash)
        .where('state', '<>', 'confirmed')
        .execute();
    },
  };
}

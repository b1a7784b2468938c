import { type ExpressionBuilder, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { Tables } from '#src/ports/tables.ts';

type BatchWords = 'saveBatch' | 'batches' | 'markReceipted' | 'takenBatchHash' | 'recordTakenBatch';

export function batchWords(tx: Tx): Pick<StoreUnit, BatchWords> {
  return {
    async saveBatch(peer, { epoch, sequence, hash, signedHeader, payload }, itemIds, at) {
      await tx
        .insertInto('batch_out')
        .values({
          peer,
          epoch,
          sequence,
          hash,
          signed_header: signedHeader,
          payload,
          formed_at: new Date(at),
          receipted_at: null,
        })
        .execute();
      if (itemIds.length === 0) return;
      const { numUpdatedRows } = await tx
        .updateTable('outbox')
        .set({ epoch, sequence })
        .where('peer', '=', peer)
        .where('id', 'in', itemIds)
        .where('sequence', 'is', null)
        .executeTakeFirst();
      // EXC-2: an item in two batches would take effect twice
      if (numUpdatedRows !== BigInt(itemIds.length)) throw new Error('an item of the batch is no longer in the queue');
    },

    async batches(peer, epoch, from, through) {
      const rows = await tx
        .selectFrom('batch_out')
        .select(['epoch', 'sequence', 'hash', 'signed_header', 'payload'])
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('sequence', '>=', from)
        .where('sequence', '<=', through)
        .where('payload', 'is not', null)
        .orderBy('sequence')
        .execute();
      return rows.map(({ epoch, sequence, hash, signed_header, payload }) => ({
        epoch,
        sequence,
        hash,
        signedHeader: signed_header,
        payload: payload as Uint8Array,
      }));
    },

    async markReceipted(peer, epoch, through, at) {
      const batches = await tx
        .updateTable('batch_out')
        .set({ payload: null, receipted_at: new Date(at) })
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('sequence', '<=', through)
        .where('receipted_at', 'is', null)
        .returning('sequence')
        .execute();
      if (batches.length === 0) return [];
      await tx
        .updateTable('bundle_export')
        .set({ confirmed_at: new Date(at) })
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('last_sequence', '<=', through)
        .where('confirmed_at', 'is', null)
        .execute();
      const sequences = batches.map(({ sequence }) => sequence);
      const covered = (of: 'release_id' | 'message') => (eb: ExpressionBuilder<Tables, 'outbox'>) =>
        eb.and([
          eb('peer', '=', peer),
          eb('epoch', '=', epoch),
          eb('sequence', 'in', sequences),
          eb(of, 'is not', null),
        ]);
      // What was given back is the partner's own, and a list is made anew: there is no need to keep either for it.
      await tx
        .deleteFrom('outbox')
        .where(covered('message'))
        .where(sql<boolean>`message ->> 'type' in ('returned', 'copies')`)
        .execute();
      const items = await tx
        .selectFrom('outbox')
        .select('release_id')
        .where(covered('release_id'))
        .orderBy('id')
        .execute();
      return items.flatMap(({ release_id }) => (release_id === null ? [] : [release_id]));
    },

    async takenBatchHash(peer, epoch, sequence) {
      const row = await tx
        .selectFrom('batch_in')
        .select('hash')
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      return row?.hash ?? null;
    },

    async recordTakenBatch(peer, { epoch, sequence, hash, signedHeader }, at) {
      await tx
        .insertInto('batch_in')
        .values({ peer, epoch, sequence, hash, signed_header: signedHeader, received_at: new Date(at) })
        .execute();
    },
  };
}

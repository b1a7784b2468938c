import type { Tx } from '#src/ports/database.ts';
import type { OutboxItem, StoreUnit } from '#src/ports/store.ts';

export function outboxWords(tx: Tx): Pick<StoreUnit, 'enqueue' | 'waiting' | 'dropFromQueue'> {
  return {
    async enqueue(peer, content, at) {
      const { id } = await tx
        .insertInto('outbox')
        .values({
          peer,
          message: 'message' in content ? JSON.stringify(content.message) : null,
          release_id: 'release' in content ? content.release : null,
          queued_at: new Date(at),
          epoch: null,
          sequence: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    async waiting(peer, limit) {
      const rows = await tx
        .selectFrom('outbox')
        .select(['id', 'message', 'release_id'])
        .where('peer', '=', peer)
        .where('sequence', 'is', null)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id, message, release_id }): OutboxItem => {
        if (message) return { id, content: { message } };
        // The table's check: exactly one of the two is there
        return { id, content: { release: release_id as string } };
      });
    },

    async dropFromQueue(id) {
      await tx.deleteFrom('outbox').where('id', '=', id).where('sequence', 'is', null).execute();
    },
  };
}

import { countedSince, refusalsCounted, type StoreUnit } from '#src/ports/store.ts';
import { change, type MemoryState } from './state.ts';

type ExchangeWords =
  | 'link'
  | 'saveLink'
  | 'noteContact'
  | 'clockAhead'
  | 'noteClock'
  | 'knownService'
  | 'partners'
  | 'enqueue'
  | 'waiting'
  | 'dropFromQueue'
  | 'saveBatch'
  | 'batches'
  | 'markReceipted'
  | 'takenBatchHash'
  | 'recordTakenBatch'
  | 'hold'
  | 'heldFor'
  | 'heldCount'
  | 'unhold'
  | 'noteInboundRefusal';

export function exchangeWords(state: MemoryState): Pick<StoreUnit, ExchangeWords> {
  return {
    async link(peer) {
      return state.links.get(peer) ?? null;
    },
    async saveLink(link) {
      state.links.set(link.peer, link);
      if (!state.contacts.has(link.peer)) state.contacts.set(link.peer, noContact);
    },
    async noteContact(peer, { at, failure, nextAttemptAt }) {
      const patch = failure === null ? { lastContactAt: at } : { lastFailureAt: at, lastFailure: failure };
      change(state.contacts, peer, { nextAttemptAt, ...patch });
    },

    async clockAhead(peer) {
      return state.clocks.get(peer) ?? null;
    },
    async noteClock(peer, aheadMs) {
      if (state.links.has(peer)) state.clocks.set(peer, aheadMs);
    },

    async knownService(id) {
      return state.services.get(id) ?? null;
    },
    async partners() {
      return [...state.services.values()]
        .filter((service) => !service.isSelf && service.confirmed && !service.revoked)
        .sort((one, other) => (one.code < other.code ? -1 : 1));
    },

    async enqueue(peer, content, at) {
      const id = String(state.nextItem++);
      state.outbox.set(id, { peer, item: { id, content }, batch: null, queuedAt: at });
      return id;
    },
    async waiting(peer, limit) {
      return [...state.outbox.values()]
        .filter((queued) => queued.peer === peer && queued.batch === null)
        .slice(0, limit)
        .map(({ item }) => item);
    },
    async dropFromQueue(id) {
      if (state.outbox.get(id)?.batch === null) state.outbox.delete(id);
    },

    async saveBatch(peer, batch, itemIds, at) {
      const key = placeKey(peer, batch.epoch, batch.sequence);
      if (state.batchesOut.has(key)) throw new Error('this epoch and sequence has a batch already');
      state.batchesOut.set(key, { ...batch, peer, formedAt: at, receiptedAt: null, givenUp: false });
      for (const id of itemIds) {
        const queued = state.outbox.get(id);
        if (!queued || queued.peer !== peer || queued.batch) {
          throw new Error('an item of the batch is no longer in the queue');
        }
        state.outbox.set(id, { ...queued, batch: { epoch: batch.epoch, sequence: batch.sequence } });
      }
    },
    async batches(peer, epoch, from, through) {
      return [...state.batchesOut.values()]
        .filter((batch) => batch.peer === peer && batch.epoch === epoch && batch.receiptedAt === null && !batch.givenUp)
        .filter((batch) => batch.sequence >= from && batch.sequence <= through)
        .sort((one, other) => one.sequence - other.sequence)
        .map(({ epoch, sequence, hash, signedHeader, payload }) => ({ epoch, sequence, hash, signedHeader, payload }));
    },
    async markReceipted(peer, epoch, through, at) {
      const covered = new Set<number>();
      for (const [key, batch] of state.batchesOut) {
        const isNew = batch.receiptedAt === null && batch.sequence <= through;
        if (batch.peer !== peer || batch.epoch !== epoch || !isNew) continue;
        state.batchesOut.set(key, { ...batch, payload: new Uint8Array(), receiptedAt: at });
        covered.add(batch.sequence);
      }
      const releases: string[] = [];
      for (const [id, queued] of state.outbox) {
        const { batch, item } = queued;
        if (queued.peer !== peer || batch?.epoch !== epoch || !covered.has(batch.sequence)) continue;
        if ('release' in item.content) releases.push(item.content.release);
        else if (['returned', 'copies'].includes(item.content.message.type)) state.outbox.delete(id);
      }
      return releases;
    },
    async takenBatchHash(peer, epoch, sequence) {
      return state.batchesIn.get(placeKey(peer, epoch, sequence))?.hash ?? null;
    },
    async recordTakenBatch(peer, { epoch, sequence, hash, signedHeader }) {
      const key = placeKey(peer, epoch, sequence);
      if (state.batchesIn.has(key)) throw new Error('this epoch and sequence was taken already');
      state.batchesIn.set(key, { hash, signedHeader });
    },

    async hold(message) {
      const key = placeKey(message.peer, message.epoch, message.sequence, message.index, message.within ?? 0);
      if (!state.held.has(key)) state.held.set(key, message);
    },
    async heldFor(waitsFor) {
      return [...state.held.values()].filter((message) => message.waitsFor === waitsFor);
    },
    async heldCount(peer) {
      return [...state.held.values()].filter((message) => message.peer === peer).length;
    },
    async unhold({ peer, epoch, sequence, index, within = 0 }) {
      state.held.delete(placeKey(peer, epoch, sequence, index, within));
    },
    async noteInboundRefusal(peer, code, at) {
      state.inboundRefusals.set(state.inboundRefusals.size + 1, { peer, code, at });
      const since = countedSince(at);
      const recent = [...state.inboundRefusals.values()].filter(
        (noted) => noted.peer === peer && noted.code === code && noted.at >= since,
      );
      return Math.min(recent.length, refusalsCounted);
    },
  };
}

const noContact = { lastContactAt: null, lastFailureAt: null, lastFailure: null, nextAttemptAt: null };

function placeKey(...place: readonly (string | number)[]): string {
  return place.join(' ');
}

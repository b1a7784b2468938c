import type { RecoveryPartner, RecoveryWords } from '#src/ports/store-recovery.ts';
import { startOfList } from '#src/protocol/exchange/recovery.ts';
import type { Position } from '#src/protocol/exchange/state.ts';
import { change, type MemoryState } from './state.ts';

export function recoveryWords(state: MemoryState): RecoveryWords {
  return {
    async requeue(peer, after) {
      for (const [id, queued] of state.outbox) {
        const { batch, item } = queued;
        if (queued.peer !== peer || batch === null || !isLater(batch, after)) continue;
        const release = 'release' in item.content ? state.releases.get(item.content.release) : undefined;
        if (release?.state === 'refused') continue;
        state.outbox.set(id, { ...queued, batch: null });
        if (release) {
          state.releases.set(release.id, { ...release, state: 'queued', sent: null, digests: null, deliveredAt: null });
        }
      }
      for (const [key, batch] of state.batchesOut) {
        if (batch.peer === peer && isLater(batch, after)) state.batchesOut.set(key, { ...batch, givenUp: true });
      }
    },
    async sentReleases(peer, after) {
      return [...state.releases.values()]
        .filter(({ recipient, state, sent }) => recipient === peer && state === 'sent' && sent && isLater(sent, after))
        .map(({ id, digests }) => ({ release: id, digests: digests ?? [] }));
    },
    async forgetReceipted(before) {
      for (const [id, { peer, batch, queuedAt }] of state.outbox) {
        const sent = batch && state.batchesOut.get(`${peer} ${batch.epoch} ${batch.sequence}`);
        const covered = sent && sent.receiptedAt !== null && sent.receiptedAt < before;
        if (covered && queuedAt < before) state.outbox.delete(id);
      }
    },
    async signedHeader(of, peer, { epoch, sequence }) {
      const key = `${peer} ${epoch} ${sequence}`;
      return (of === 'theirs' ? state.batchesIn.get(key) : state.batchesOut.get(key))?.signedHeader ?? null;
    },
    async keepEvidence(peer, evidence) {
      state.evidence.set(state.evidence.size + 1, { peer, ...evidence });
    },
    async addExport(peer, made) {
      state.exports.set(state.exports.size + 1, { peer, ...made });
    },
    async lastExported(peer, epoch) {
      const made = [...state.exports.values()].filter((one) => one.peer === peer && one.epoch === epoch);
      return made.at(-1)?.through ?? 0;
    },

    async recovery() {
      const open = openIn(state);
      if (!open) return null;
      const { beganAt, partners } = open[1];
      return { beganAt, partners: [...partners].sort((one, other) => (one.peer < other.peer ? -1 : 1)) };
    },
    async beginRecovery(partners, at) {
      const [id, open] = openIn(state) ?? [state.recoveries.size + 1, { beganAt: at, endedAt: null, partners: [] }];
      const known = new Set(open.partners.map(({ peer }) => peer));
      const asked = partners.filter((peer) => !known.has(peer)).map((peer) => ({ peer, doneAt: null, returned: 0 }));
      state.recoveries.set(id, { ...open, partners: [...open.partners, ...asked] });
      for (const { peer } of asked) state.recoveryPlaces.set(peer, startOfList);
    },
    async countReturned(peer) {
      updateOwing(state, peer, ({ returned }) => ({ returned: returned + 1 }));
    },
    async partnerDone(peer, at) {
      updateOwing(state, peer, () => ({ doneAt: at }));
    },
    async owesRecords(peer) {
      return [...state.recoveries.values()].some(({ partners }) => partners.some((asked) => owes(asked, peer)));
    },
    async endRecovery(at) {
      const open = openIn(state);
      if (open) change(state.recoveries, open[0], { endedAt: at });
    },
    async recoveryPlace(peer) {
      for (const { partners } of state.recoveries.values()) {
        if (partners.some((asked) => owes(asked, peer))) return state.recoveryPlaces.get(peer) ?? startOfList;
      }
      return null;
    },
    async setRecoveryPlace(peer, place) {
      state.recoveryPlaces.set(peer, place);
    },
    async listRevisions(origin, asked, count) {
      const all = [...state.records.values()].filter((record) => record.origin === origin).map(({ hash }) => hash);
      const at = asked === null ? -1 : all.indexOf(asked);
      return { after: at === -1 ? null : asked, hashes: all.slice(at + 1, at + 1 + count) };
    },
    async revisionsAmong(origin, hashes) {
      return new Set(hashes.filter((hash) => state.records.get(hash)?.origin === origin));
    },
    async waitingOf(peer, type, most) {
      return Math.min(most, waitingIn(state, peer, type).length);
    },
    async dropWaiting(peer, type) {
      for (const id of waitingIn(state, peer, type)) state.outbox.delete(id);
    },
    async journalLength() {
      return state.journal.size;
    },
  };
}

const waitingIn = (state: MemoryState, peer: string, type: string) =>
  [...state.outbox].flatMap(([id, queued]) => {
    const { content } = queued.item;
    const waits = queued.peer === peer && queued.batch === null;
    return waits && 'message' in content && content.message.type === type ? [id] : [];
  });
const owes = (asked: RecoveryPartner, peer: string) => asked.peer === peer && asked.doneAt === null;

function openIn(state: MemoryState) {
  return [...state.recoveries].find(([, { endedAt }]) => endedAt === null);
}

function updateOwing(
  state: MemoryState,
  peer: string,
  patch: (asked: RecoveryPartner) => Partial<RecoveryPartner>,
): void {
  for (const [id, { partners }] of state.recoveries) {
    const patched = partners.map((asked) => (owes(asked, peer) ? { ...asked, ...patch(asked) } : asked));
    change(state.recoveries, id, { partners: patched });
  }
}

function isLater(place: { epoch: number; sequence: number }, { epoch, through }: Position): boolean {
  return place.epoch > epoch || (place.epoch === epoch && place.sequence > through);
}

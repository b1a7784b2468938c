import type { StoreUnit } from '#src/ports/store.ts';
import type { CalendarDate } from '#src/protocol/primitives.ts';
import { change, type MemoryState } from './state.ts';
import { agreementToday, disclosuresVisibleTo } from './visibility.ts';

type ReleaseWords =
  | 'disclosuresFor'
  | 'release'
  | 'putRelease'
  | 'releaseSent'
  | 'releaseDelivered'
  | 'releaseRefused'
  | 'releaseRead'
  | 'releasesGiven'
  | 'releaseAt'
  | 'putHolder'
  | 'confirmHolder'
  | 'agreement'
  | 'agreementInForce'
  | 'putAgreement';

export function releaseWords(state: MemoryState, today: CalendarDate): Pick<StoreUnit, ReleaseWords> {
  return {
    async disclosuresFor(partner, hash) {
      return disclosuresVisibleTo(state, partner, hash, today);
    },
    async release(id) {
      const release = state.releases.get(id);
      if (!release) return null;
      const { reference, recipient, purpose, withheld } = release;
      return { id, reference, recipient, purpose, withheld };
    },
    async putRelease(release, by) {
      const { hash } = release.reference;
      for (const other of state.releases.values()) {
        if (other.state !== 'refused' && other.recipient === release.recipient && other.reference.hash === hash) {
          throw new Error('this revision is released to this partner already');
        }
      }
      state.releases.set(release.id, { ...release, by, ...notSent });
    },
    async releaseSent(id, { epoch, sequence, index, digests }, at) {
      const release = state.releases.get(id);
      if (release?.state === 'queued' || release?.state === 'sent') {
        state.releases.set(id, { ...release, state: 'sent', sentAt: at, sent: { epoch, sequence, index }, digests });
      }
    },
    async releaseDelivered(id, at) {
      const release = state.releases.get(id);
      if (release?.state === 'queued' || release?.state === 'sent') {
        state.releases.set(id, { ...release, state: 'delivered', deliveredAt: at });
      }
    },
    async releaseRefused(id, refused) {
      const release = state.releases.get(id);
      if (release?.state !== 'refused' && release?.readAt === null) {
        change(state.releases, id, { state: 'refused', refused });
      }
    },
    async releaseRead(id, at) {
      const release = state.releases.get(id);
      const wasSent = release?.state === 'sent' || release?.state === 'delivered';
      if (wasSent && release.readAt === null) change(state.releases, id, { readAt: at });
    },
    async releasesGiven(recipient, hash) {
      const isAnswered = [...state.records.values()].some(
        ({ origin, links }) =>
          origin === recipient && links.some((link) => link.type === 'replies-to' && link.hash === hash),
      );
      return [...state.releases.values()]
        .filter((release) => release.recipient === recipient && release.reference.hash === hash)
        .map(({ id, state: stands, sentAt, readAt }) => ({ id, state: stands, sentAt, readAt, isAnswered }));
    },
    async releaseAt(recipient, epoch, sequence, index) {
      for (const { id, recipient: to, sent } of state.releases.values()) {
        if (to === recipient && sent?.epoch === epoch && sent.sequence === sequence && sent.index === index) return id;
      }
      return null;
    },

    async putHolder(holder, holding) {
      const key = `${holder.hash} ${holder.holder}`;
      const before = state.holders.get(key);
      // What the holder itself confirmed, or was given directly, a later and weaker word does not take back
      if (before?.state === 'confirmed' || (before && before.via === null && holder.via !== null)) return;
      if (before && before.state !== 'granted' && holding === 'granted') return;
      state.holders.set(key, { ...holder, state: holding });
    },
    async confirmHolder(holder, hash) {
      change(state.holders, `${hash} ${holder}`, { state: 'confirmed' });
    },

    async agreement(record) {
      const revisions = [...state.agreements.values()].filter((agreement) => agreement.record === record);
      return revisions.sort((one, other) => other.revision - one.revision)[0] ?? null;
    },
    async agreementInForce(partner, day) {
      return agreementToday(state, partner, day);
    },
    async putAgreement(agreement) {
      state.agreements.set(`${agreement.record} ${agreement.hash}`, agreement);
      const { record, endedAt, endedBy } = agreement;
      if (endedAt === null) return;
      for (const [key, other] of state.agreements) {
        if (other.record === record && other.endedAt === null) change(state.agreements, key, { endedAt, endedBy });
      }
    },
  };
}

const notSent = {
  sentAt: null,
  state: 'queued',
  sent: null,
  digests: null,
  deliveredAt: null,
  readAt: null,
  refused: null,
} as const;

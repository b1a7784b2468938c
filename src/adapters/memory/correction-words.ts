import type { StoredRelease } from '#src/ports/store.ts';
import type { CorrectionWords } from '#src/ports/store-corrections.ts';
import type { CorrectionAnswer } from '#src/protocol/correction/words.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { change, type MemoryState } from './state.ts';

export function correctionWords(state: MemoryState): CorrectionWords {
  return {
    async putCorrection(correction) {
      if (!state.corrections.has(correction.record)) state.corrections.set(correction.record, correction);
    },
    async correction(record) {
      return state.corrections.get(record) ?? null;
    },
    async correctionsAbout(record) {
      return [...state.corrections.values()]
        .filter(({ about }) => about.record === record)
        .sort((a, b) => b.about.revision - a.about.revision || (a.record < b.record ? 1 : -1));
    },
    async putAsk(correction, holder, at) {
      const key = `${correction} ${holder}`;
      const asked = state.asks.get(key);
      state.asks.set(key, {
        correction,
        holder,
        askedAt: asked?.askedAt ?? at,
        remindedAt: asked === undefined ? null : at,
      });
    },
    async asks(correction) {
      return [...state.asks.values()]
        .filter((ask) => ask.correction === correction)
        .map(({ holder, askedAt, remindedAt }) => ({ holder, askedAt, remindedAt }))
        .sort((a, b) => a.askedAt - b.askedAt || (a.holder < b.holder ? -1 : 1));
    },

    async answersTo(correction) {
      return [...state.records.values()]
        .filter(({ kind, links }) => kind === 'correction-answer' && links.some((link) => link.record === correction))
        .map(({ origin, body, createdAt }) => ({
          origin,
          answer: body['answer'] as CorrectionAnswer,
          at: createdAt * 1_000,
        }));
    },

    async holdings(record) {
      return [...state.holders.values()]
        .filter((held) => held.record === record)
        .filter(
          (held) =>
            held.state !== 'granted' ||
            ![...state.releases.values()].some(
              ({ reference, recipient, refused }) =>
                reference.hash === held.hash && recipient === held.holder && refused?.by === held.holder,
            ),
        )
        .map(({ record: _, ...held }) => ({ ...held, revision: state.records.get(held.hash)?.revision ?? 0 }))
        .sort((a, b) => a.revision - b.revision || (a.holder < b.holder ? -1 : 1));
    },
    async liveReleases(record) {
      return [...state.releases.values()]
        .filter((release) => release.reference.record === record && release.state !== 'refused')
        .map(({ id, reference, recipient, purpose, withheld }): StoredRelease => {
          return { id, reference, recipient, purpose, withheld };
        });
    },
    async replaceInQueue(id, message) {
      const queued = state.outbox.get(id);
      if (queued?.batch === null) change(state.outbox, id, { item: { id, content: { message } } });
    },

    async putSkippedRevision(revision) {
      if (!state.skipped.has(revision.hash)) state.skipped.set(revision.hash, revision);
    },
    async bareJwt(hash) {
      return state.records.get(hash)?.jwt ?? state.skipped.get(hash)?.jwt ?? null;
    },

    async citing(record) {
      const lowest = new Map<RecordId, number>();
      for (const { hash } of state.heads.values()) {
        const citing = state.records.get(hash);
        const cites = [
          ...(citing?.cites ?? []),
          ...(citing?.links ?? []).filter(({ type }) => type === 'derived-from'),
        ];
        for (const cite of cites) {
          if (!citing || cite.record !== record) continue;
          lowest.set(citing.id, Math.min(lowest.get(citing.id) ?? cite.revision, cite.revision));
        }
      }
      return [...lowest]
        .map(([citing, revision]) => ({ record: citing, revision }))
        .sort((a, b) => (a.record < b.record ? -1 : 1));
    },
    async putCitationFlag(flag) {
      const key = `${flag.citing} ${flag.cited} ${flag.citedHash}`;
      if (!state.flags.has(key)) state.flags.set(key, flag);
    },

    async eraseContent(record, keep) {
      const erased = [...state.records.values()].filter(({ id, hash }) => id === record && hash !== keep);
      const titles = erased.flatMap(({ title }) => title ?? []);
      for (const { hash, title: _, desk: __, ...rest } of erased) {
        state.records.set(hash, { ...rest, hash, portions: [], body: {}, cites: [], links: [], disclosures: [] });
      }
      for (const reply of state.records.values()) {
        const { title, ...rest } = reply;
        const quotes = title !== undefined && titles.some((quoted) => title.includes(quoted.slice(0, 60)));
        const replies = reply.links.some(({ type, record: to }) => to === record && /^(about|replies-to)$/.test(type));
        if (quotes && replies) {
          const disclosures = reply.disclosures.filter(({ path }) => path !== 'title');
          state.records.set(reply.hash, { ...rest, disclosures });
        }
      }
      const chain = new Set<string | null>(erased.map(({ hash }) => hash));
      for (const { id, hash, previous } of state.skipped.values()) if (id === record) chain.add(hash).add(previous);
      for (const [key, held] of state.held) if (chain.has(held.waitsFor)) state.held.delete(key);
    },
  };
}

import type { OnwardWords } from '#src/ports/store-onward.ts';
import type { MemoryHolder, MemoryState } from './state.ts';

export function onwardWords(state: MemoryState): OnwardWords {
  /** What this service holds that we gave it ourselves. */
  const fromUs = (holder: string) => [...state.holders.values()].filter((held) => held.holder === holder && !held.via);
  const recordOf = ({ hash }: MemoryHolder) => state.records.get(hash);
  return {
    async signers() {
      return [...state.services.values()]
        .filter((service) => !service.isSelf && !service.revoked && (service.confirmed || service.vouchedBy !== null))
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    },
    async card(service) {
      return state.cards.get(service) ?? null;
    },
    async vouchFor({ id, code, url, signingKeys, sealingKey, text }, by) {
      if (state.services.has(id)) return false;
      const taken = [...state.services.values()].some((service) => service.code === code);
      const keys = Object.entries(signingKeys).map(([key, raw]) => [key, Uint8Array.fromBase64(raw, base64url)]);
      state.services.set(id, {
        id,
        code: taken ? `${code}-${id.slice(0, 6)}` : code,
        url,
        signingKeys: Object.fromEntries(keys),
        sealingKey,
        confirmed: false,
        revoked: false,
        carrier: 'link',
        vouchedBy: by,
        isSelf: false,
      });
      state.cards.set(id, text);
      return true;
    },
    async vouchedCount(by) {
      return [...state.services.values()].filter(({ vouchedBy }) => vouchedBy === by).length;
    },

    async handlingOf(hash) {
      const record = state.records.get(hash);
      if (!record) return [];
      return [record.marking, ...record.portions.map(({ marking }) => marking)].flatMap(({ handling }) => handling);
    },
    async viasOf(holder) {
      const held = [...state.holders.values()].filter((each) => each.holder === holder).reverse();
      return [...new Set(held.flatMap(({ via }) => via ?? []))];
    },
    async sourcesOf(origin) {
      const received = [...state.sources].filter(([hash]) => state.records.get(hash)?.origin === origin);
      return [...new Set(received.map(([, source]) => source).reverse())];
    },
    async gaveTo(to, origin) {
      return fromUs(to).some((held) => recordOf(held)?.origin === origin);
    },
    async gaveFrom(to, source) {
      return fromUs(to).some(({ hash }) => state.sources.get(hash) === source);
    },
    async carryOnce(letter, at) {
      if (state.lettersCarried.has(letter)) return false;
      state.lettersCarried.set(letter, at);
      return true;
    },

    async permissionsAbout(record) {
      const of = state.heads.get(record)?.origin;
      return [...state.permissions.values()].filter(
        ({ about, origin }) => about.record === record && origin === (of ?? origin),
      );
    },
    async permissionsNaming(service) {
      return [...state.permissions.values()]
        .filter(({ origin }) => state.services.get(origin)?.isSelf)
        .filter(({ grantee, onwardTo }) => grantee === service || onwardTo === service)
        .sort((one, other) => (one.permission < other.permission ? -1 : 1));
    },
    async putPermission(permission) {
      const before = state.permissions.get(permission.permission);
      if (before && before.revision >= permission.revision) return;
      state.permissions.set(permission.permission, permission);
    },
  };
}

const base64url = { alphabet: 'base64url' } as const;

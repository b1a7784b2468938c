import { storeContract } from '#src/ports/store.contract.ts';
import { memoryStore } from './store.ts';

storeContract('memory', async () => {
  let now = 0;
  const store = memoryStore({ now: () => now });
  return {
    store,
    async addService(service) {
      store.addService(service);
    },
    setNow(to) {
      now = to;
    },
    async observe() {
      const state = store.read();
      return {
        contacts: [...state.contacts].map(([peer, contact]) => ({ peer, ...contact })),
        releases: [...state.releases.values()].map(({ id, state, digests, deliveredAt, readAt, refused }) => ({
          id,
          state,
          digests,
          deliveredAt,
          readAt,
          refusedCode: refused?.code ?? null,
          refusedBy: refused?.by ?? null,
        })),
        holders: [...state.holders.values()].map(({ hash, holder, state }) => ({ hash, holder, state })),
        inboundRefusals: [...state.inboundRefusals.values()].map(({ peer, code }) => ({ peer, code })),
        journal: [...state.journal.values()].map(({ act, at, actor }) => ({ act, at, actor })),
      };
    },
    close: () => store.close(),
  };
});

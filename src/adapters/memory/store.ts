import type { Clock } from '#src/ports/clock.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import type { Store, StoreUnit } from '#src/ports/store.ts';
import { correctionWords } from './correction-words.ts';
import { exchangeWords } from './exchange-words.ts';
import { keyWords } from './key-words.ts';
import { onwardWords } from './onward-words.ts';
import { recordWords } from './record-words.ts';
import { recoveryWords } from './recovery-words.ts';
import { releaseWords } from './release-words.ts';
import { emptyState, type MemoryService, type MemoryState, restore, snapshot } from './state.ts';

export interface MemoryStore extends Store {
  /** Known from now on, or in place of the one with the same id. */
  addService(service: MemoryService, card?: string): void;
  /** What is stored, to look at in tests. A snapshot. */
  read(): MemoryState;
}

/**
 * The store's words in memory, for tests and the simulator: held to the same contract as the databases, except that
 * nothing outlives the process. One unit at a time; a unit that throws leaves nothing.
 */
export function memoryStore(clock: Clock = { now: () => Date.now() }): MemoryStore {
  let committed = emptyState();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function run<T>(work: (unit: StoreUnit) => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('the store is closed');
    const state = snapshot(committed);
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    const words = {
      ...exchangeWords(state),
      ...recoveryWords(state),
      ...keyWords(state),
      ...recordWords(state),
      ...releaseWords(state, today),
      ...correctionWords(state),
      ...onwardWords(state),
    };
    const unit = (): StoreUnit => ({
      ...words,
      async attempt(part) {
        const before = snapshot(state);
        try {
          return { done: await part(unit()) };
        } catch (fault) {
          if (fault instanceof StoreUnavailable) throw fault;
          restore(state, before);
          return { fault };
        }
      },
    });
    const result = await work(unit());
    committed = state;
    return result;
  }

  return {
    unit(work) {
      const result = last.then(() => run(work));
      last = result.catch(() => undefined);
      return result;
    },
    addService(service, card) {
      if (card !== undefined) committed.cards.set(service.id, card);
      committed.services.set(service.id, service);
    },
    read: () => snapshot(committed),
    async close() {
      closed = true;
    },
  };
}

import { StoreUnavailable } from '#src/ports/database.ts';
import type { Attempted } from '#src/ports/store.ts';
import { isRetryable, toStoreError } from './errors.ts';

/** What a savepoint needs of its transaction. */
export interface SavepointSession {
  control(sql: string): Promise<void>;
}

/** Work in savepoints of one transaction, each within the one that is open when it begins. */
export class Savepoints {
  readonly #session: SavepointSession;
  #made = 0;

  constructor(session: SavepointSession) {
    this.#session = session;
  }

  /** Takes back what `work` did where it throws. What ends the whole transaction is thrown on, and so is what no savepoint heals. */
  async attempt<T>(work: () => Promise<T>): Promise<Attempted<T>> {
    this.#made += 1;
    const name = `part_${this.#made}`;
    await this.#session.control(`savepoint ${name}`);
    try {
      const done = await work();
      await this.#session.control(`release savepoint ${name}`);
      return { done };
    } catch (fault) {
      if (isRetryable(fault) || toStoreError(fault) instanceof StoreUnavailable) throw fault;
      await this.#session.control(`rollback to savepoint ${name}; release savepoint ${name}`);
      return { fault };
    }
  }
}

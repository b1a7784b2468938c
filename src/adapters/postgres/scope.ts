import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '#src/ports/database.ts';

/**
 * Whose policies apply to which statement of a transaction. A switch of actor opens an inner scope; statements that
 * belong to the outer one wait until it is closed, so that work started side by side can never run under rights that
 * were meant for something else.
 */
export class Scope {
  readonly actor: Actor;
  readonly #transaction: symbol;
  #inner: Promise<void> | null = null;

  private constructor(transaction: symbol, actor: Actor) {
    this.#transaction = transaction;
    this.actor = actor;
  }

  static root(actor: Actor): Scope {
    return new Scope(Symbol('transaction'), actor);
  }

  /** The scope that the running code belongs to: `root`, or one opened within it. */
  static current(root: Scope): Scope {
    const here = running.getStore();
    return here && here.#transaction === root.#transaction ? here : root;
  }

  /**
   * The inner scope that is open, as a promise of its end. Whoever waits for it asks again afterwards, and acts in the
   * same moment as the answer is null: one `await` later another scope may be open.
   */
  get inner(): Promise<void> | null {
    return this.#inner;
  }

  /** Runs `work` in an inner scope. `enter` and `leave` send the change of actor to the session as they are called. */
  async within<T>(actor: Actor, enter: () => Promise<void>, leave: () => Promise<void>, work: () => Promise<T>) {
    while (this.#inner !== null) await this.#inner;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#inner = promise;
    try {
      await enter();
      let result: T;
      try {
        result = await running.run(new Scope(this.#transaction, actor), work);
      } catch (error) {
        // After a failed statement the transaction takes no more; the first error is the one to tell
        await leave().catch(() => undefined);
        throw error;
      }
      await leave();
      return result;
    } finally {
      this.#inner = null;
      resolve();
    }
  }
}

const running = new AsyncLocalStorage<Scope>();

import type { Transaction } from 'kysely';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { StoreUnit } from './store.ts';
import type { Tables } from './tables.ts';

/** On whose behalf a transaction runs: each is a database role, and row-level security knows who within it. */
export type Actor =
  | { readonly kind: 'officer'; readonly officer: string }
  | { readonly kind: 'partner'; readonly service: ServiceId }
  /** The exchange engine: queues, links, admission. Sees every row that the exchange must carry. */
  | { readonly kind: 'node' }
  /** Before sign-in: sees officers' passphrase hashes and sessions, no content. */
  | { readonly kind: 'sign-in' };

export type Tx = Transaction<Tables>;

/** The database is gone, stuck past its time limit, or locked by another process. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export interface Database {
  /**
   * One durable transaction under row-level security as `actor`. When the promise resolves, the work survives a power
   * cut. Work that throws is rolled back whole. Throws `StoreUnavailable`; then nothing may be concluded about a commit
   * that was under way.
   *
   * `work` may run several times, when PostgreSQL ends a transaction because of another (deadlock, serialization): what
   * it does outside the transaction must bear that. It must not open another transaction and wait for it: the embedded
   * database has one session, which this one holds.
   */
  asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The store's words within this transaction, under the policies of the actor it runs as: how an officer's route puts
   * a record, a release or a journal line exactly as the exchange does. `disclosuresFor` returns to that actor afterwards.
   */
  unit(tx: Tx): StoreUnit;
  /**
   * Within `work`: run `inner` under another actor's policies, in the same transaction, then return to `back`. Statements
   * of `work` that run beside `inner` wait for its end; they never borrow its rights.
   */
  switchActor<T>(tx: Tx, actor: Actor, back: Actor, inner: () => Promise<T>): Promise<T>;
  /**
   * COR-3: until `tx` ends, these records are open to the desks that work on them although they are quarantined, because
   * somebody asks for just them in order to resolve them. Replaces what was named before. Throws on what is no record id.
   */
  nameResolved(tx: Tx, records: readonly RecordId[]): Promise<void>;
  close(): Promise<void>;
}

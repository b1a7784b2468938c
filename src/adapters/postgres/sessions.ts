import type { ClientBase } from 'pg';

/** One database session, for the time of one transaction. */
export interface Lease {
  readonly client: ClientBase;
  /** Gives it back. `broken`: its state is unknown, and nobody may use it again. */
  release(broken: boolean): void;
}

/** Where sessions come from: a pool of connections to a server, or the one session of the embedded database. */
export interface Sessions {
  /** Waits for its turn. Throws `StoreUnavailable` when it takes too long or the database is gone. */
  lease(): Promise<Lease>;
  close(): Promise<void>;
}

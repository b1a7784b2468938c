import type { Clock } from '#src/ports/clock.ts';
import { type Actor, type Database, StoreUnavailable, type Tx } from '#src/ports/database.ts';
import type { Store, StoreUnit } from '#src/ports/store.ts';
import type { CalendarDate, RecordId } from '#src/protocol/primitives.ts';
import { becomeActor, setResolving, setToday } from './become.ts';
import { isRetryable, toStoreError } from './errors.ts';
import { Savepoints } from './savepoint.ts';
import { Scope } from './scope.ts';
import type { Lease, Sessions } from './sessions.ts';
import { StatementNames } from './statement-names.ts';
import { TransactionConnection, transactionOn } from './transaction.ts';
import { gatheredUnit } from './unit/gathered.ts';
import { storeUnit } from './unit/index.ts';
import type { As } from './unit/visibility.ts';

export interface DatabaseLimits {
  /** Runs of one unit of work before a conflict with another is given up. */
  readonly attemptsMax: number;
  /** A transaction that is not done by then is rolled back: work that hangs must not hold the database. */
  readonly transactionMsMax: number;
}
export const databaseLimits: DatabaseLimits = { attemptsMax: 5, transactionMsMax: 60_000 };

interface OpenTransaction {
  readonly lease: Lease;
  readonly root: Scope;
  readonly savepoints: Savepoints;
}

/** Transactions under row-level security, on sessions that by themselves may read and write nothing. */
export function createDatabase(
  sessions: Sessions,
  clock: Clock,
  limits: DatabaseLimits,
): { database: Database; store: Store } {
  const open = new WeakMap<Tx, OpenTransaction>();
  const names = new StatementNames();
  let closed = false;

  async function asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await runOnce(actor, work);
      } catch (error) {
        if (attempt >= limits.attemptsMax || !isRetryable(error)) throw toStoreError(error);
        // Spread out, so that the same two do not meet again
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }
  }

  async function runOnce<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('the database is closed');
    const lease = await sessions.lease();
    const { client } = lease;
    const root = Scope.root(actor);
    const connection = new TransactionConnection(client, root, names);
    let broken = false;
    try {
      await client.query(`begin; ${setToday(todayOf(clock))}; ${becomeActor(actor)}`);
      const tx = transactionOn(connection);
      open.set(tx, { lease, root, savepoints: new Savepoints(connection) });
      const result = await withinTime(work(tx), limits.transactionMsMax);
      connection.end(new Error('the transaction is over'));
      const { command } = await client.query('commit');
      // PostgreSQL answers the commit of a transaction with a failed statement by rolling back, without an error
      if (command !== 'COMMIT') throw new Error('a statement of this transaction failed, so nothing was stored');
      return result;
    } catch (error) {
      connection.end(new Error('the transaction is over'));
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      lease.release(broken);
    }
  }

  async function switchActor<T>(tx: Tx, actor: Actor, back: Actor, inner: () => Promise<T>): Promise<T> {
    const { lease, root } = transactionOf(tx);
    const become = (who: Actor) => async () => {
      await lease.client.query(becomeActor(who));
    };
    return Scope.current(root).within(actor, become(actor), become(back), inner);
  }

  async function nameResolved(tx: Tx, records: readonly RecordId[]): Promise<void> {
    await transactionOf(tx).lease.client.query(setResolving(records));
  }

  function transactionOf(tx: Tx): OpenTransaction {
    const transaction = open.get(tx);
    if (!transaction) throw new Error('not a transaction of this database');
    return transaction;
  }

  function asOf(tx: Tx): As {
    const { root } = transactionOf(tx);
    return (actor, inner) => switchActor(tx, actor, Scope.current(root).actor, inner);
  }

  function unit(tx: Tx): StoreUnit {
    const { savepoints } = transactionOf(tx);
    return storeUnit(tx, asOf(tx), savepoints);
  }

  function exchangeUnit<T>(work: (unit: StoreUnit) => Promise<T>): Promise<T> {
    return asActor({ kind: 'node' }, async (tx) => {
      const gathered = gatheredUnit(tx, unit(tx), asOf(tx), transactionOf(tx).savepoints);
      const result = await work(gathered.unit);
      await gathered.flush();
      return result;
    });
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await sessions.close();
  }

  return {
    database: { asActor, switchActor, unit, nameResolved, close },
    store: { unit: exchangeUnit, close },
  };
}

function todayOf(clock: Clock): CalendarDate {
  return new Date(clock.now()).toISOString().slice(0, 10);
}

async function withinTime<T>(work: Promise<T>, msMax: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable('the transaction took too long and was rolled back')), msMax);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

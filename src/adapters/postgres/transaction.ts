import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely';
import type { ClientBase, QueryConfig } from 'pg';
import type { Tx } from '#src/ports/database.ts';
import type { Tables } from '#src/ports/tables.ts';
import { Scope } from './scope.ts';
import { guardStatement } from './statement-guard.ts';
import type { StatementNames } from './statement-names.ts';

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};

/** The statements of one transaction, on one session, each under the actor of the code that asks. */
export class TransactionConnection implements DatabaseConnection {
  readonly #client: ClientBase;
  readonly #root: Scope;
  readonly #names: StatementNames;
  #over: Error | null = null;

  constructor(client: ClientBase, root: Scope, names: StatementNames) {
    this.#client = client;
    this.#root = root;
    this.#names = names;
  }

  /** From now on every statement throws `reason`. */
  end(reason: Error): void {
    this.#over ??= reason;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    guardStatement(query.sql);
    const scope = Scope.current(this.#root);
    while (scope.inner !== null) await scope.inner;
    if (this.#over) throw this.#over;
    // One statement a message: the simple protocol would take several, and with them a change of role
    const name = this.#names.nameOf(scope.actor.kind, query.sql);
    const statement: QueryConfig & { queryMode: 'extended' } = {
      ...(name !== undefined && { name }),
      text: query.sql,
      values: [...query.parameters],
      queryMode: 'extended',
    };
    const result = await this.#client.query(statement);
    const changed = result.command === 'SELECT' ? null : result.rowCount;
    return { rows: result.rows as R[], ...(changed !== null && { numAffectedRows: BigInt(changed) }) };
  }

  /** A statement of the adapter's own, which the guard would not let pass: in its turn, and never after the end. */
  async control(sql: string): Promise<void> {
    const scope = Scope.current(this.#root);
    while (scope.inner !== null) await scope.inner;
    if (this.#over) throw this.#over;
    await this.#client.query(sql);
  }

  // biome-ignore lint/correctness/useYield: cursors would outlive the statement guard; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed');
  }
}

/** Kysely's face of the transaction. */
export function transactionOn(connection: TransactionConnection): Tx {
  return new Transaction<Tables>({
    config: { dialect },
    dialect,
    driver: new DummyDriver(),
    executor: new DefaultQueryExecutor(
      dialect.createQueryCompiler(),
      dialect.createAdapter(),
      // The session itself keeps statements in order; a statement that waits for its scope must not hold up the inner one
      { provideConnection: (consumer) => consumer(connection) },
    ),
  });
}

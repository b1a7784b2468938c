import { mkdir } from 'node:fs/promises';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Store } from '#src/ports/store.ts';
import { createDatabase, type DatabaseLimits, databaseLimits } from './database.ts';
import { type EmbeddedLimits, embeddedLimits, embeddedSessions } from './embedded/sessions.ts';
import { toStoreError } from './errors.ts';
import { readSchemaFiles } from './schema/files.ts';
import { type ServerLimits, serverLimits, serverSessions } from './server/sessions.ts';

export { SchemaMismatch } from './schema/mismatch.ts';

export type PostgresOptions = (
  | /** The embedded database, in a directory that this process alone may use. */ { readonly home: string }
  | /** A PostgreSQL server. `ownerUrl` migrates (a role that may create roles), `url` runs. */ {
      readonly url: string;
      readonly ownerUrl?: string;
    }
) & {
  /** The node's clock: whether an agreement is in force is a question of its date. The machine's own by default. */
  readonly clock?: Clock;
  readonly limits?: Partial<DatabaseLimits & EmbeddedLimits & ServerLimits>;
};

/** Opens the node's database and brings its schema up to date. Throws `StoreUnavailable`, `SchemaMismatch`. */
export async function openPostgres(options: PostgresOptions): Promise<{ database: Database; store: Store }> {
  const limits = { ...databaseLimits, ...embeddedLimits, ...serverLimits, ...options.limits };
  const clock = options.clock ?? { now: () => Date.now() };
  try {
    const sessions =
      'home' in options
        ? await openEmbedded(options.home, limits)
        : await serverSessions(options.url, options.ownerUrl ?? options.url, limits);
    return createDatabase(sessions, clock, limits);
  } catch (error) {
    throw toStoreError(error);
  }
}

async function openEmbedded(home: string, limits: EmbeddedLimits) {
  await mkdir(home, { recursive: true, mode: 0o700 });
  return embeddedSessions(home, await readSchemaFiles(), limits);
}

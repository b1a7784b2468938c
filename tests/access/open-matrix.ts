import { openWorker } from '#src/adapters/postgres/embedded/open-worker.ts';
import { readSchemaFiles } from '#src/adapters/postgres/schema/files.ts';
import { migrate } from '#src/adapters/postgres/schema/migrate.ts';
import { attemptsOn } from './attempts.ts';
import { differences, helpers } from './matrix.ts';
import { officerRows, principals } from './principals.ts';
import { rulesOf } from './readers.ts';
import { buildWorld, fill } from './world.ts';

export interface AccessMatrix {
  readonly tables: readonly string[];
  /** What the database allows and the rules do not, or the other way; all of it, or at least `most` where there are so many. */
  differences(options?: {
    /** Statements that change the policies for this time only. */
    readonly change?: string;
    /** Roles of the principals to begin with. */
    readonly first?: readonly string[] | null;
    readonly most?: number;
  }): Promise<readonly string[]>;
  tablesThere(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A database in `home` with every row of the world in it, and the rules that it is compared with. */
export async function openMatrix(home: string): Promise<AccessMatrix> {
  const { officers, desks } = officerRows();
  const world = buildWorld(officers, desks);
  const rules = rulesOf(world);
  const { client, stop } = await openWorker(home, 60_000);
  await migrate(client, await readSchemaFiles());
  await fill(client, world);
  await client.query(helpers);

  const ids = (table: string, column: string, fits: (row: { readonly [column: string]: unknown }) => boolean) =>
    (world[table] ?? []).filter(fits).map((row) => String(row[column]));
  const resolvable = ids('record_head', 'record_id', ({ state }) => state === 'quarantined').slice(0, 1);
  let everybody = principals(
    resolvable,
    ids('service', 'id', () => true),
  );
  const attempts = attemptsOn(world, rules);

  return {
    tables: Object.keys(rules.readers),
    async tablesThere() {
      const { rows } = await client.query<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_step' order by 1`,
      );
      return rows.map(({ tablename }) => tablename);
    },
    async differences({ change = '', first = null, most = Number.POSITIVE_INFINITY } = {}) {
      const isFirst = ({ actor }: (typeof everybody)[number]) =>
        first?.includes(`tansiq_${actor.kind.replace('-', '_')}`);
      const order = [...everybody.filter(isFirst), ...everybody.filter((one) => !isFirst(one))];
      await client.query('begin');
      try {
        await client.query(change);
        const found = await differences(client, world, rules, order, attempts, most).catch((error: Error) => {
          // A function that finds two rows for one: nobody reads anything any more, which is noticed.
          if (change === '') throw error;
          return [error.message];
        });
        // Whoever notices one change is likely to notice the next.
        const noticed = everybody.find(({ name }) => found[0]?.startsWith(name));
        if (noticed) everybody = [noticed, ...everybody.filter((one) => one !== noticed)];
        return found;
      } finally {
        await client.query('rollback');
      }
    },
    close: stop,
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertRows } from '#src/adapters/postgres/unit/insert-rows.ts';
import type { Tx } from '#src/ports/database.ts';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import { party } from '../record/parties.ts';
import { markingOf, storeRecord } from '../visibility/ground.ts';
import { postgresUnderTest } from './postgres-under-test.ts';

let home: string;
let under: Awaited<ReturnType<typeof postgresUnderTest>>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tansiq-rows-'));
  under = await postgresUnderTest({ home });
});
afterAll(async () => {
  await under.close();
  await rm(home, { recursive: true, force: true });
});

/** Any text that PostgreSQL stores, with what divides and quotes in arrays. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.replaceAll('\0', '')),
  fc.constantFrom('', '\n', 'a\nb', '"', '\\', '\\N', 'null', 'NULL', '{}', ',', "'", ' ', '\r\n', '\\n', 'سرّي'),
);
const line = fc.record({
  at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  actor_kind: fc.constant('node'),
  actor: fc.option(text),
  act: text,
  record_id: fc.option(fc.uuid()),
  record_hash: fc.option(text),
  service: fc.constant(null),
  reason: fc.option(text),
  leaf_hash: fc.uint8Array({ maxLength: 8 }),
});
const columns = {
  at: 'timestamptz',
  actor_kind: 'text',
  actor: 'text',
  act: 'text',
  record_id: 'uuid',
  record_hash: 'text',
  service: 'text',
  reason: 'text',
  leaf_hash: 'bytea',
} as const;

class Undone extends Error {}
/** What `work` read, none of which is kept. */
async function undone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let read: { of: T } | null = null;
  const run = under.database.asActor({ kind: 'node' }, async (tx) => {
    read = { of: await work(tx) };
    throw new Undone();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return (read as unknown as { of: T }).of;
}

it('rows are read back as they were written, in their order, whatever the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
      const read = await undone(async (tx) => {
        expect(await insertRows(tx, 'journal', columns, lines)).toBe(lines.length);
        return tx
          .selectFrom('journal')
          .select(Object.keys(columns) as (keyof typeof columns)[])
          .orderBy('seq')
          .execute();
      });
      expect(read.map((row) => ({ ...row, leaf_hash: [...row.leaf_hash] }))).toEqual(
        lines.map((row) => ({ ...row, leaf_hash: [...row.leaf_hash] })),
      );
    }),
    { numRuns: 100 },
  );
});

it('a column of lists is read back too, each list of its own length', async () => {
  const atlas = party('rows');
  await under.addService(serviceOf('rows', { id: atlas.id, isSelf: true }));
  const lists = [[], ['a"', ',x', 'NULL', '\\b', 'a b', '{z}', 'سرّي'], ['one']];
  const { hash } = await storeRecord(under.store, atlas, {
    marking: markingOf(1),
    portions: lists.map((compartments) => markingOf(1, compartments)),
  });
  const rows = await under.database.asActor({ kind: 'node' }, (tx) =>
    tx
      .selectFrom('disclosure')
      .select(['compartments', 'releasable_to'])
      .where('hash', '=', hash)
      .where('path', 'like', 'portions/%')
      .orderBy('path')
      .execute(),
  );
  expect(rows).toEqual(lists.map((list) => ({ compartments: list.toSorted(), releasable_to: null })));
});

it('says how many rows were new, and leaves those that were there', async () => {
  const row = (nth: number, desk: string) => {
    return { record_id: `00000000-0000-4000-8000-00000000000${nth}`, desk, added_by: null, added_at: new Date(nth) };
  };
  const types = { record_id: 'uuid', desk: 'text', added_by: 'uuid', added_at: 'timestamptz' } as const;
  const counts = await undone(async (tx) => {
    const unlessThere = sql`on conflict do nothing`;
    const put = (rows: ReturnType<typeof row>[]) => insertRows(tx, 'record_desk', types, rows, unlessThere);
    const inserted = [await put([row(1, 'a'), row(2, 'a')]), await put([row(2, 'a'), row(3, 'a')]), await put([])];
    const kept = await tx
      .selectFrom('record_desk')
      .select('added_at')
      .where('desk', '=', 'a')
      .orderBy('record_id')
      .execute();
    return { inserted, kept: kept.map(({ added_at }) => added_at.getTime()) };
  });
  expect(counts).toEqual({ inserted: [2, 1, 0], kept: [1, 2, 3] });
});

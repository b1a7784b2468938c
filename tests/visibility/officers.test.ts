import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import type { Tables } from '#src/ports/tables.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { party } from '#tests/record/parties.ts';
import type { DatabaseUnderTest } from '../store/database.contract.ts';
import { postgresUnderTest } from '../store/postgres-under-test.ts';
import {
  addOfficer,
  agreeWith,
  asOfficer,
  firstAdministrator,
  markingOf,
  node,
  type OfficerOf,
  release,
  storeRecord,
} from './ground.ts';

const self = party('self');
const [included, excluded] = [party('oversight included'), party('oversight excluded')];
const root = mkdtempSync(join(tmpdir(), 'tansiq-visibility-'));

let under: DatabaseUnderTest;
const officers = new Map<string, string>();
const records = new Map<string, VerifiedRecord>();

/** Who asks. */
const analyst = 'an analyst, level 2, SAHEL, on analysis';
const otherDesk = 'an analyst, level 4, all compartments, of another desk';
const noDesk = 'an analyst, level 4, all compartments, of no desk';
const liaison = 'a liaison officer, level 1, on liaison';
const caseOfficer = 'a case officer, level 4, all compartments, on analysis';
const director = 'a director, level 4, on direction';
const oversight = 'the oversight officer';
const administrator = 'an administrator, level 4, all compartments, on every desk';
const all = ['SAHEL', 'ATLANTIC'];
const people: Record<string, OfficerOf> = {
  [analyst]: { role: 'analyst', clearance: 2, compartments: ['SAHEL'], desks: ['analysis'] },
  [otherDesk]: { role: 'analyst', clearance: 4, compartments: all, desks: ['direction'] },
  [noDesk]: { role: 'analyst', clearance: 4, compartments: all, desks: [] },
  [liaison]: { role: 'liaison', clearance: 1, compartments: [], desks: ['liaison'] },
  [caseOfficer]: { role: 'case-officer', clearance: 4, compartments: all, desks: ['judicial', 'analysis'] },
  [director]: { role: 'director', clearance: 4, compartments: [], desks: ['direction'] },
  [oversight]: { role: 'oversight', clearance: 0, compartments: [], desks: [] },
  [administrator]: {
    role: 'administrator',
    clearance: 4,
    compartments: all,
    desks: ['liaison', 'analysis', 'judicial', 'direction'],
  },
};
const idOf = (who: string) => officers.get(who) ?? '';

/** What is asked for, and who alone may see it. */
const cases: readonly { record: string; seenBy: readonly string[]; make: () => Promise<VerifiedRecord> }[] = [
  {
    record: 'own, level 1, on analysis',
    seenBy: [analyst, caseOfficer, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(1), desks: ['analysis'] }),
  },
  {
    record: 'own, level 3, on analysis',
    seenBy: [caseOfficer, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(3), desks: ['analysis'] }),
  },
  {
    record: 'own, level 2, SAHEL, on analysis',
    seenBy: [analyst, caseOfficer, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(2, ['SAHEL']), desks: ['analysis'] }),
  },
  {
    record: 'own, level 1, SAHEL and ATLANTIC, on analysis',
    seenBy: [caseOfficer, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(1, ['SAHEL', 'ATLANTIC']), desks: ['analysis'] }),
  },
  {
    record: 'own, level 0, on direction',
    seenBy: [otherDesk, director, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(0), desks: ['direction'] }),
  },
  {
    record: 'own, level 0, on no desk',
    seenBy: [oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(0), desks: [] }),
  },
  {
    record: 'own, level 0, on two desks',
    seenBy: [analyst, liaison, caseOfficer, oversight],
    make: () => storeRecord(under.store, self, { marking: markingOf(0), desks: ['liaison', 'analysis'] }),
  },
  {
    record: 'own, level 0, on liaison and analysis, quarantined',
    seenBy: [oversight],
    make: () =>
      storeRecord(under.store, self, { marking: markingOf(0), desks: ['liaison', 'analysis'], state: 'quarantined' }),
  },
  {
    record: 'of a partner whose agreement includes oversight, level 1, on liaison',
    seenBy: [liaison, oversight],
    make: () => storeRecord(under.store, included, { marking: markingOf(1), received: true }),
  },
  {
    record: 'of a partner whose agreement excludes oversight, level 1, on liaison',
    seenBy: [liaison],
    make: () => storeRecord(under.store, excluded, { marking: markingOf(1), received: true }),
  },
];

beforeAll(async () => {
  under = await postgresUnderTest({ home: join(root, 'home') });
  await under.addService(serviceOf('self', { id: self.id, isSelf: true }));
  await under.addService(serviceOf('included', { id: included.id }));
  await under.addService(serviceOf('excluded', { id: excluded.id }));
  await agreeWith(under.store, included.id, self, { ceiling: 4, oversightIncluded: true });
  // The newest agreement that both assented to decides: an older one that included oversight does not
  await agreeWith(under.store, excluded.id, self, { ceiling: 4, oversightIncluded: true, assentAt: 1 });
  await agreeWith(under.store, excluded.id, self, { ceiling: 4, oversightIncluded: false, assentAt: 2 });
  const first = await firstAdministrator(under.database);
  for (const [who, of] of Object.entries(people)) officers.set(who, await addOfficer(under.database, first, of));
  for (const { record, make } of cases) {
    const made = await make();
    records.set(record, made);
    await putAround(made);
  }
});
afterAll(async () => {
  await under.close();
  await rm(root, { recursive: true, force: true });
});

/** A row about the record in every table that has one. */
async function putAround(record: VerifiedRecord): Promise<void> {
  await release(under.store, record, included.id);
  await under.store.unit(async (unit) => {
    await unit.putHolder(
      { record: record.id, hash: record.hash, holder: included.id, via: null, digests: [] },
      'granted',
      1,
    );
    await unit.appendJournal({
      at: 1,
      actorKind: 'node',
      actor: null,
      act: 'record.admitted',
      record: record.id,
      hash: record.hash,
      service: null,
      reason: null,
    });
  });
}

type ContentTable = 'record_revision' | 'record_head' | 'disclosure' | 'record_desk' | 'release' | 'holder' | 'journal';
const by = (table: ContentTable): 'hash' | 'record_id' =>
  table === 'record_revision' || table === 'disclosure' ? 'hash' : 'record_id';
const contentTables: readonly ContentTable[] = [
  'record_revision',
  'record_head',
  'disclosure',
  'record_desk',
  'release',
  'holder',
  'journal',
];

async function counts(who: string | null, record: VerifiedRecord): Promise<Record<string, number>> {
  const actor = who === null ? node : asOfficer(idOf(who));
  return under.database.asActor(actor, async (tx) => {
    const found: Record<string, number> = {};
    for (const table of contentTables) {
      const key = by(table) === 'hash' ? record.hash : record.id;
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table)} where ${sql.ref(by(table))} = ${key}`.execute(tx);
      found[table] = rows[0]?.n ?? -1;
    }
    return found;
  });
}

describe.each(cases)('the record $record', ({ record, seenBy }) => {
  it.each(Object.keys(people).map((who) => [seenBy.includes(who) ? 'shows itself to' : 'is absent for', who] as const))(
    '[ACC-22] %s %s, in every table about it',
    async (_, who) => {
      const made = records.get(record);
      if (!made) throw new Error('no such record');
      const there = await counts(null, made);
      const seen = await counts(who, made);
      if (seenBy.includes(who)) expect(seen).toEqual(there);
      else if (who === oversight) {
        // ACC-12, ACC-21: the journal is whole for the oversight body, whoever's record a line is about
        expect(seen).toEqual({ ...Object.fromEntries(contentTables.map((table) => [table, 0])), journal: 1 });
      } else expect(Object.values(seen)).toEqual(contentTables.map(() => 0));
      // What is hidden is there: as many rows as were put
      expect(there).toMatchObject({ record_revision: 1, record_head: 1, release: 1, holder: 1, journal: 1 });
      expect(there['disclosure']).toBeGreaterThan(1);
    },
  );
});

it('[MRK-1] each portion shows itself by its own label', async () => {
  const record = await storeRecord(under.store, self, {
    marking: markingOf(1),
    desks: ['analysis'],
    portions: [markingOf(1), markingOf(3), markingOf(1, ['ATLANTIC']), markingOf(2, ['SAHEL'])],
  });
  const portions = async (who: string) =>
    under.database.asActor(asOfficer(idOf(who)), async (tx) => {
      const rows = await tx.selectFrom('disclosure').select('path').where('hash', '=', record.hash).execute();
      return rows
        .map(({ path }) => path)
        .filter((path) => path.startsWith('portions/'))
        .sort();
    });
  expect(await portions(analyst)).toEqual(['portions/0', 'portions/3']);
  expect(await portions(caseOfficer)).toEqual(['portions/0', 'portions/1', 'portions/2', 'portions/3']);
  expect(await portions(oversight)).toHaveLength(4);
  expect(await portions(director)).toEqual([]);
});

it('[ACC-22] what changes for an officer changes at once: disabled, a desk taken away', async () => {
  const boss = idOf(administrator);
  const id = await addOfficer(under.database, boss, {
    role: 'analyst',
    clearance: 4,
    compartments: [],
    desks: ['analysis'],
  });
  const sees = async () =>
    (await under.database.asActor(asOfficer(id), (tx) => tx.selectFrom('record_head').select('record_id').execute()))
      .length > 0;
  expect(await sees()).toBe(true);
  await under.database.asActor(asOfficer(boss), (tx) =>
    tx.deleteFrom('officer_desk').where('officer', '=', id).where('desk', '=', 'analysis').execute(),
  );
  expect(await sees()).toBe(false);
  await under.database.asActor(asOfficer(boss), (tx) =>
    tx.insertInto('officer_desk').values({ officer: id, desk: 'analysis' }).execute(),
  );
  expect(await sees()).toBe(true);
  await under.database.asActor(asOfficer(boss), (tx) =>
    tx
      .updateTable('officer')
      .set({ disabled_at: new Date(1) })
      .where('id', '=', id)
      .execute(),
  );
  expect(await sees()).toBe(false);
});

it('no table that officers may read is left out of this matrix without a reason', async () => {
  const readable = await under.database.asActor(node, (tx) =>
    sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r'
        and has_any_column_privilege('tansiq_officer', c.oid, 'select')
      order by 1`.execute(tx),
  );
  // No content: names, terms, health, codes, identifiers; and what is one's own. What corrections and permissions add is
  // held to the record that carries it in corrections.test.ts and onward.test.ts
  const withoutContent: readonly (keyof Tables)[] = [
    'agreement',
    'bundle_export',
    'citation_flag',
    'citation_review',
    'correction',
    'correction_ask',
    'draft',
    'idempotency',
    'inbound_refusal',
    'key_statement',
    'link',
    'link_evidence',
    'officer',
    'officer_desk',
    'outbox',
    'permission',
    'read_mark',
    'record_cite',
    'record_link',
    'recovery',
    'recovery_partner',
    'service',
    'session',
    'skipped_revision',
    'use_entry',
  ];
  expect(readable.rows.map(({ name }) => name)).toEqual([...contentTables, ...withoutContent].sort());
});

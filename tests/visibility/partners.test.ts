import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import { labelOf } from '#src/protocol/marking/label.ts';
import { type Level, levels } from '#src/protocol/marking/marking.ts';
import { mayHold, type Principal } from '#src/protocol/marking/may-hold.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { markings } from '#tests/record/drafts.ts';
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
  release,
  storeRecord,
} from './ground.ts';

const self = party('self');
const [meridian, sahara] = [party('meridian'), party('sahara')];
const root = mkdtempSync(join(tmpdir(), 'tansiq-partners-'));
let under: DatabaseUnderTest;

beforeAll(async () => {
  under = await postgresUnderTest({ home: join(root, 'home') });
  await under.addService(serviceOf('self', { id: self.id, isSelf: true }));
  for (const partner of [meridian, sahara]) {
    await under.addService(serviceOf(partner.id, { id: partner.id }));
    await agreeWith(under.store, partner.id, self, { ceiling: 2, compartments: ['SAHEL'] });
  }
});
afterAll(async () => {
  await under.close();
  await rm(root, { recursive: true, force: true });
});

const as = (partner: { id: string }) => ({ kind: 'partner', service: partner.id }) as const;
const revisionsSeenBy = (partner: { id: string }) =>
  under.database
    .asActor(as(partner), (tx) => tx.selectFrom('record_revision').select('hash').execute())
    .then((rows) => rows.map(({ hash }) => hash));
const exists = async (hash: string) =>
  (
    await under.database.asActor(node, (tx) =>
      tx.selectFrom('record_revision').select('hash').where('hash', '=', hash).execute(),
    )
  ).length === 1;

describe('a partner', () => {
  it('[REL-1] sees what was released to it, and never what was released to another', async () => {
    const [forMeridian, forSahara, forNobody] = await Promise.all(
      [1, 2, 3].map(() => storeRecord(under.store, self, { marking: markingOf(1) })),
    );
    if (!forMeridian || !forSahara || !forNobody) throw new Error('three records');
    await release(under.store, forMeridian, meridian.id);
    await release(under.store, forSahara, sahara.id);
    expect(await revisionsSeenBy(meridian)).toEqual([forMeridian.hash]);
    expect(await revisionsSeenBy(sahara)).toEqual([forSahara.hash]);
    expect(await exists(forNobody.hash)).toBe(true);
    const disclosures = await under.database.asActor(as(meridian), (tx) =>
      tx.selectFrom('disclosure').select('hash').distinct().execute(),
    );
    expect(disclosures).toEqual([{ hash: forMeridian.hash }]);
  });

  it('[REL-1] sees nothing of a release that was refused', async () => {
    const record = await storeRecord(under.store, self, { marking: markingOf(1) });
    const id = await release(under.store, record, meridian.id);
    expect(await revisionsSeenBy(meridian)).toContain(record.hash);
    await under.store.unit((unit) => unit.releaseRefused(id, { code: 'record-too-large', by: meridian.id }, 1));
    expect(await revisionsSeenBy(meridian)).not.toContain(record.hash);
    expect(await exists(record.hash)).toBe(true);
  });

  it('[REL-3] sees nothing of what a third service originated, even if it is released', async () => {
    const record = await storeRecord(under.store, sahara, { marking: markingOf(0), received: true });
    await release(under.store, record, meridian.id);
    expect(await revisionsSeenBy(meridian)).not.toContain(record.hash);
    expect(await exists(record.hash)).toBe(true);
  });

  it('may read two tables, and write none', async () => {
    const listed = await under.database.asActor(node, (tx) =>
      sql<{ table: string }>`
        select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r'
          and has_any_column_privilege('tansiq_partner', c.oid, 'select, insert, update') order by 1`.execute(tx),
    );
    expect(listed.rows.map(({ table }) => table)).toEqual(['disclosure', 'record_revision']);
    const writable = await under.database.asActor(node, (tx) =>
      sql<{ table: string }>`
        select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r'
          and (has_any_column_privilege('tansiq_partner', c.oid, 'insert, update')
            or has_table_privilege('tansiq_partner', c.oid, 'delete, truncate'))`.execute(tx),
    );
    expect(writable.rows).toEqual([]);
  });
});

describe('[MRK-1] the policy in SQL and mayHold say the same', () => {
  const compartments = fc.subarray(['SAHEL', 'ATLANTIC', 'دائرة', 'z']);
  const services = [meridian.id, sahara.id, self.id];
  /** A record’s marking and those of its portions, none below it. */
  const labels = fc
    .record({
      own: markings,
      portions: fc.array(markings, { minLength: 1, maxLength: 5 }),
      releasableTo: fc.oneof(fc.constant('any' as const), fc.subarray(services)),
    })
    .map(({ own, portions, releasableTo }) => {
      const record = joinMarkings([{ ...own, handling: [], releasableTo }]);
      const inner = portions.map((portion, i) =>
        joinMarkings([
          record,
          // Some portions name partners of their own
          { ...portion, handling: [], releasableTo: i % 2 === 0 ? 'any' : [meridian.id] },
        ]),
      );
      return { record, portions: inner };
    });

  /** What `mayHold` lets through: nothing of a record that may not be held itself. */
  const pathsHeld = (record: VerifiedRecord, principal: Principal): string[] =>
    mayHold(principal, labelOf(record.marking))
      ? record.disclosures
          .filter(({ label }) => mayHold(principal, label))
          .map(({ path }) => path)
          .sort()
      : [];

  it('for partners, whatever the labels and the terms', async () => {
    let partners = 0;
    let seenSome = 0;
    let hiddenSome = 0;
    await fc.assert(
      fc.asyncProperty(labels, fc.constantFrom<Level>(...levels), compartments, async (label, ceiling, covered) => {
        // Half of the time one of the services that the labels name
        const partner = partners++ % 2 === 0 ? meridian.id : `partner-${partners}`;
        await under.addService(serviceOf(partner, { id: partner }));
        await agreeWith(under.store, partner, self, { ceiling, compartments: covered, assentAt: 1_000 + partners });
        const record = await storeRecord(under.store, self, { marking: label.record, portions: label.portions });
        await release(under.store, record, partner);
        const principal = { level: ceiling, compartments: covered, service: partner };
        const seen = await under.store.unit((unit) => unit.disclosuresFor(partner, record.hash));
        expect(seen.map(({ path }) => path).sort()).toEqual(pathsHeld(record, principal));
        if (seen.length > 0) seenSome++;
        if (seen.length < record.disclosures.length) hiddenSome++;
      }),
      { numRuns: 120 },
    );
    expect(Math.min(seenSome, hiddenSome)).toBeGreaterThan(5);
  });

  it('for officers on the record’s desk, whatever the labels and their clearance', async () => {
    const administrator = await firstAdministrator(under.database);
    let seenSome = 0;
    await fc.assert(
      fc.asyncProperty(labels, fc.constantFrom<Level>(...levels), compartments, async (label, clearance, own) => {
        const officer = await addOfficer(under.database, administrator, {
          role: 'analyst',
          clearance,
          compartments: own,
          desks: ['analysis'],
        });
        const record = await storeRecord(under.store, self, {
          marking: label.record,
          portions: label.portions,
          desks: ['analysis'],
        });
        const rows = await under.database.asActor(asOfficer(officer), (tx) =>
          tx.selectFrom('disclosure').select('path').where('hash', '=', record.hash).execute(),
        );
        expect(rows.map(({ path }) => path).sort()).toEqual(pathsHeld(record, { level: clearance, compartments: own }));
        if (rows.length > 0) seenSome++;
      }),
      { numRuns: 120 },
    );
    expect(seenSome).toBeGreaterThan(5);
  });
});

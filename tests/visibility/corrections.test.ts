/** COR-1, COR-3: what the policies show of what was corrected, withdrawn and erased; each hidden row is proved to exist. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Tx } from '#src/ports/database.ts';
import { newRecord } from '#src/ports/store-records.contract.ts';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRevision } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { openMarking } from '#tests/record/drafts.ts';
import { keyOf, party } from '#tests/record/parties.ts';
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
const [holder, other, revoked] = [party('holder'), party('no holder'), party('revoked')];
const root = mkdtempSync(join(tmpdir(), 'tansiq-corrections-'));
let under: DatabaseUnderTest;
let liaison: string;
let elsewhere: string;
beforeAll(async () => {
  under = await postgresUnderTest({ home: join(root, 'home') });
  await under.addService(serviceOf('self', { id: self.id, isSelf: true }));
  for (const partner of [holder, other]) await under.addService(serviceOf(partner.id, { id: partner.id }));
  await under.addService(serviceOf(revoked.id, { id: revoked.id, revoked: true }));
  const administrator = await firstAdministrator(under.database);
  const add = (desks: readonly string[]) =>
    addOfficer(under.database, administrator, { role: 'liaison', clearance: 2, compartments: [], desks });
  [liaison, elsewhere] = [await add(['liaison']), await add(['analysis'])];
});
afterAll(async () => {
  await under.close();
  await rm(root, { recursive: true, force: true });
});

const asked = (tx: Tx, hash: string) =>
  Promise.all([
    tx.selectFrom('record_revision').select('hash').where('hash', '=', hash).execute(),
    tx.selectFrom('disclosure').select('hash').where('hash', '=', hash).execute(),
    tx.selectFrom('record_head').select('hash').where('hash', '=', hash).execute(),
  ]).then((found) => found.map((rows) => rows.length > 0));
const asLiaison = <T>(work: (tx: Tx) => Promise<T>) => under.database.asActor(asOfficer(liaison), work);
const hidden = [false, false, false];
const shown = [true, true, true];

describe('a quarantined record', () => {
  it('[COR-3] is there, and shows itself only in the transaction that names it, to the desks that work on it', async () => {
    const [one, two] = [
      await storeRecord(under.store, holder, { marking: markingOf(1), state: 'quarantined', received: true }),
      await storeRecord(under.store, self, { marking: markingOf(1), state: 'quarantined' }),
    ];
    for (const record of [one, two]) {
      expect(await under.database.asActor(node, (tx) => asked(tx, record.hash))).toEqual(shown);
      expect(await asLiaison((tx) => asked(tx, record.hash))).toEqual(hidden);
      const resolving = async (tx: Tx) => {
        await under.database.nameResolved(tx, [record.id]);
        return asked(tx, record.hash);
      };
      expect(await asLiaison(resolving)).toEqual(shown);
      expect(await under.database.asActor(asOfficer(elsewhere), resolving)).toEqual(hidden);
      // What was named ends with its transaction.
      expect(await asLiaison((tx) => asked(tx, record.hash))).toEqual(hidden);
    }
    const naming = await asLiaison(async (tx) => {
      await under.database.nameResolved(tx, [one.id]);
      return asked(tx, two.hash);
    });
    expect(naming).toEqual(hidden);
    await expect(asLiaison((tx) => under.database.nameResolved(tx, ["' or true"]))).rejects.toThrow('not the id');
    // Only the adapter names: no statement of a feature can.
    await expect(
      asLiaison((tx) => sql`select set_config('app.resolving', ${one.id}, true)`.execute(tx)),
    ).rejects.toThrow('only select');
  });

  it('[COR-3] that we withdrew is revived by no officer', async () => {
    const record = await storeRecord(under.store, self, { marking: markingOf(1), state: 'quarantined' });
    const revive = asLiaison(async (tx) => {
      await under.database.nameResolved(tx, [record.id]);
      await tx.updateTable('record_head').set({ state: 'active' }).where('record_id', '=', record.id).execute();
    });
    await expect(revive).rejects.toThrow('row-level security');
    expect(await under.store.unit((unit) => unit.head(record.id))).toMatchObject({ state: 'quarantined' });
  });
});

describe('a partner', () => {
  const as = (partner: { id: string }) => ({ kind: 'partner', service: partner.id }) as const;
  const sees = (partner: { id: string }, hash: string) =>
    under.database.asActor(as(partner), async (tx) => {
      const rows = await tx.selectFrom('disclosure').select('path').where('hash', '=', hash).execute();
      return rows.map(({ path }) => path).sort();
    });
  const marking = { ...openMarking, level: 1 as const };
  const link = (type: RecordLink['type'], { origin, id, revision, hash }: VerifiedRecord): RecordLink => {
    return { type, origin, record: id, revision, hash };
  };
  const held = (record: VerifiedRecord, by: { id: string }) =>
    under.store.unit((unit) =>
      unit.putHolder({ record: record.id, hash: record.hash, holder: by.id, via: null, digests: [] }, 'confirmed', 1),
    );
  const put = async (record: VerifiedRecord, state: 'active' | 'quarantined' = 'active') => {
    const { id, origin, kind, hash, revision } = record;
    await under.store.unit(async (unit) => {
      await unit.putRecord(record, null, 1);
      await unit.setHead({ record: id, origin, kind, hash, revision, state }, 1);
    });
    return record;
  };
  const nextOf = (before: VerifiedRecord, change: Partial<RecordDraft>) =>
    newRecord(self, { id: before.id, revision: before.revision + 1, previous: before.hash, marking, ...change });

  it('[COR-3] sees nothing of a record any more that was withdrawn, although it was released to it', async () => {
    await agreeWith(under.store, holder.id, self, { ceiling: 2 });
    const record = await storeRecord(under.store, self, { marking });
    await release(under.store, record, holder.id);
    expect(await sees(holder, record.hash)).toContain('portions/0');
    await under.store.unit(async (unit) => {
      const head = await unit.head(record.id);
      if (head) await unit.setHead({ ...head, state: 'quarantined' }, 2);
    });
    expect(await sees(holder, record.hash)).toEqual([]);
    expect(await under.store.unit((unit) => unit.sdJwt(record.hash))).not.toBeNull();
  });

  it('[COR-1] [REC-2] without an agreement sees a withdrawal of what it holds, and not who else may hold it', async () => {
    for (const partner of [other, revoked]) {
      const record = await storeRecord(under.store, self, { marking });
      const withdrawal = await put(nextOf(record, { status: 'withdrawn', portions: [], body: {} }), 'quarantined');
      await release(under.store, withdrawal, partner.id);
      // Released, but it holds nothing of it: nothing to be told.
      expect(await sees(partner, withdrawal.hash)).toEqual([]);
      await held(record, partner);
      const expected = partner === revoked ? [] : ['cites', 'compartments', 'desk', 'links', 'title'];
      expect(await sees(partner, withdrawal.hash)).toEqual(expected);
      expect(withdrawal.disclosures.map(({ path }) => path)).toContain('releasableTo');
    }
  });

  it('[COR-1] [COR-2] without an agreement sees the correction of what it holds and our answer to its own, and no other', async () => {
    const record = await storeRecord(under.store, self, { marking });
    const notice = newRecord(self, {
      kind: 'correction',
      marking,
      portions: [],
      body: { change: 'corrected' },
      links: [link('about', record), link('supersedes', record)],
    });
    await put(notice);
    await under.store.unit((unit) =>
      unit.putCorrection({
        record: notice.id,
        hash: notice.hash,
        origin: self.id,
        change: 'corrected',
        respondBy: '2026-01-01',
        about: { record: record.id, hash: record.hash, revision: 1 },
        superseded: record.hash,
        issuedAt: 1,
      }),
    );
    await release(under.store, notice, other.id);
    expect(await sees(other, notice.hash)).toEqual([]);
    await held(record, other);
    expect(await sees(other, notice.hash)).toContain('body/change');
    // COR-2: an answer is for the service that asked.
    const theirs = await storeRecord(under.store, other, { marking, received: true });
    const answer = await put(
      newRecord(self, {
        kind: 'correction-answer',
        marking: { ...marking, releasableTo: [other.id] },
        portions: [],
        body: { answer: 'quarantined' },
        links: [link('replies-to', theirs)],
      }),
    );
    await release(under.store, answer, other.id);
    await release(under.store, answer, holder.id);
    expect(await sees(other, answer.hash)).toContain('body/answer');
    expect(await sees(holder, answer.hash)).toEqual([]);
    // The same record of another kind is not for whoever has no agreement.
    const plain = await storeRecord(under.store, self, { marking });
    await release(under.store, plain, other.id);
    await held(plain, other);
    expect(await sees(other, plain.hash)).toEqual([]);
  });
});

describe('what stands beside', () => {
  it('[REC-4] a skipped revision has no label, so no officer sees one', async () => {
    const record = await storeRecord(under.store, holder, { marking: markingOf(0), received: true });
    const skipped = newRecord(holder, { id: record.id, revision: 2, previous: record.hash });
    const revision = verifyRevision(skipped.jwt, keyOf(holder), nodePrimitives);
    if (isRefusal(revision)) throw new Error(revision.code);
    await under.store.unit((unit) => unit.putSkippedRevision(revision, holder.id, 1));
    const all = (tx: Tx) => tx.selectFrom('skipped_revision').select('hash').execute();
    expect(await under.database.asActor(node, all)).toEqual([{ hash: skipped.hash }]);
    expect(await asLiaison(all)).toEqual([]);
  });

  it('[COR-3] a flag is seen with the record that cites, also where the cited one is hidden, and by nobody else', async () => {
    const cited = await storeRecord(under.store, holder, {
      marking: markingOf(2),
      state: 'quarantined',
      received: true,
    });
    const citing = await storeRecord(under.store, self, { marking: markingOf(1) });
    await under.store.unit((unit) =>
      unit.putCitationFlag(
        {
          citing: citing.id,
          cited: cited.id,
          citedOrigin: holder.id,
          citedHash: cited.hash,
          citedRevision: 2,
          change: 'withdrawn',
        },
        1,
      ),
    );
    const flags = (tx: Tx) =>
      tx.selectFrom('citation_flag').select('cited_record').where('citing_record', '=', citing.id).execute();
    expect(await asLiaison(flags)).toEqual([{ cited_record: cited.id }]);
    expect(await asLiaison((tx) => asked(tx, cited.hash))).toEqual(hidden);
    expect(await under.database.asActor(asOfficer(elsewhere), flags)).toEqual([]);
    // COR-3: reviewed in the own name, of a record of ours that one sees.
    const review = (officer: string, by: string) =>
      under.database.asActor(asOfficer(officer), (tx) =>
        tx
          .insertInto('citation_review')
          .values({
            citing_record: citing.id,
            cited_record: cited.id,
            cited_hash: cited.hash,
            decision: 'stands',
            reason: 'x',
            officer: by,
            reviewed_at: new Date(1),
          })
          .execute(),
      );
    await expect(review(elsewhere, elsewhere)).rejects.toThrow('row-level security');
    await expect(review(liaison, elsewhere)).rejects.toThrow('row-level security');
    await review(liaison, liaison);
  });

  it('[ACC-14] content is deleted by the engine, and only where the origin’s signed erasure stands', async () => {
    const record = await storeRecord(under.store, holder, { marking: markingOf(1), received: true });
    const erase = () =>
      under.database.asActor(node, (tx) =>
        tx.deleteFrom('disclosure').where('hash', '=', record.hash).executeTakeFirst(),
      );
    expect((await erase()).numDeletedRows).toBe(0n);
    const withdrawal = newRecord(holder, { id: record.id, revision: 2, previous: record.hash, status: 'withdrawn' });
    const erasure = newRecord(holder, { id: record.id, revision: 3, previous: withdrawal.hash, status: 'erased' });
    const move = (to: VerifiedRecord) =>
      under.store.unit(async (unit) => {
        await unit.putRecord(to, holder.id, 1);
        const { id, origin, kind, hash, revision } = to;
        await unit.setHead({ record: id, origin, kind, hash, revision, state: 'quarantined' }, 1);
      });
    await move(withdrawal);
    expect((await erase()).numDeletedRows).toBe(0n);
    await move(erasure);
    expect((await erase()).numDeletedRows).toBe(BigInt(record.disclosures.length));
  });
});

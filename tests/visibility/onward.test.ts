import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { testRecordId } from '#tests/record/drafts.ts';
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
const [origin, meridian, sahara, remote] = ['origin', 'meridian', 'sahara', 'remote'].map(party) as [
  ReturnType<typeof party>,
  ReturnType<typeof party>,
  ReturnType<typeof party>,
  ReturnType<typeof party>,
];
const root = mkdtempSync(join(tmpdir(), 'tansiq-onward-'));
let under: DatabaseUnderTest;

beforeAll(async () => {
  under = await postgresUnderTest({ home: join(root, 'home') });
  await under.addService(serviceOf('self', { id: self.id, isSelf: true }));
  for (const partner of [origin, meridian, sahara]) {
    await under.addService(serviceOf(partner.id, { id: partner.id }));
    await agreeWith(under.store, partner.id, self, { ceiling: 2 });
  }
  await under.addService(serviceOf(remote.id, { id: remote.id, confirmed: false }));
  await under.database.asActor(node, (tx) =>
    tx.updateTable('service').set({ vouched_by: meridian.id }).where('id', '=', remote.id).execute(),
  );
});
afterAll(async () => {
  await under.close();
  await rm(root, { recursive: true, force: true });
});

const digestsOf = (record: VerifiedRecord, without: readonly string[] = []) =>
  record.disclosures
    .filter(({ path }) => path !== 'releasableTo' && !without.includes(path))
    .map(({ digest }) => digest);

let permissions = 0;
/** `record.origin` permits us to give it to Meridian; kept as its admission keeps it. */
async function permit(record: VerifiedRecord, change: Partial<PermissionStanding> = {}): Promise<VerifiedRecord> {
  const by = record.origin === self.id ? self : origin;
  const paper = await storeRecord(under.store, by, {
    marking: markingOf(0),
    portions: [],
    received: by !== self,
    draft: { kind: 'permission', id: testRecordId(by, 10_000 + ++permissions) },
  });
  const standing: PermissionStanding = {
    permission: paper.id,
    hash: paper.hash,
    revision: 1,
    origin: record.origin,
    use: 'onward',
    decision: 'granted',
    grantee: self.id,
    onwardTo: meridian.id,
    about: { record: record.id, hash: record.hash },
    digests: digestsOf(record),
    portions: null,
    purpose: null,
    validUntil: '2099-12-31',
    request: null,
    ...change,
  };
  await under.store.unit((unit) => unit.putPermission(standing, 1));
  return paper;
}
const seenBy = async (partner: { id: string }, record: VerifiedRecord) =>
  (await under.store.unit((unit) => unit.disclosuresFor(partner.id, record.hash))).map(({ digest }) => digest).sort();
const held = async (record: VerifiedRecord) =>
  (
    await under.database.asActor(node, (tx) =>
      tx.selectFrom('disclosure').select('digest').where('hash', '=', record.hash).execute(),
    )
  ).map(({ digest }) => digest);

/** A record of the origin, held here, with a second portion above what is agreed with Meridian. */
const theirs = (state: 'active' | 'quarantined' = 'active') =>
  storeRecord(under.store, origin, {
    marking: markingOf(1),
    portions: [markingOf(1), markingOf(1), markingOf(3)],
    received: true,
    state,
  });

describe('[REL-3] a partner and another’s record', () => {
  it('sees the permitted digests that its agreement covers, and the permission; the rest is there', async () => {
    const record = await theirs();
    const digests = digestsOf(record, ['portions/1']);
    const paper = await permit(record, { digests });
    expect(await seenBy(meridian, record)).toEqual([]);
    for (const each of [record, paper]) await release(under.store, each, meridian.id);
    expect(await seenBy(meridian, record)).toEqual(digestsOf(record, ['portions/1', 'portions/2']).sort());
    expect(await seenBy(meridian, paper)).not.toEqual([]);
    expect(await held(record)).toEqual(expect.arrayContaining(digestsOf(record)));
    // And nobody else sees anything of either.
    for (const other of [sahara, remote, origin]) {
      expect(await seenBy(other, record)).toEqual([]);
      expect(await seenBy(other, paper)).toEqual([]);
    }
  });

  it.each<[string, Partial<PermissionStanding>]>([
    ['another recipient', { onwardTo: sahara.id }],
    ['another relay', { grantee: sahara.id }],
    ['another’s record', { origin: sahara.id }],
    ['another use', { use: 'judicial', onwardTo: null }],
    ['yesterday', { validUntil: '2020-01-01' }],
    ['nobody any more', { decision: 'revoked', validUntil: null }],
    ['nobody', { decision: 'refused', validUntil: null }],
  ])('sees nothing by a permission for %s', async (_, change) => {
    const record = await theirs();
    const paper = await permit(record, change);
    for (const each of [record, paper]) await release(under.store, each, meridian.id);
    expect(await seenBy(meridian, record)).toEqual([]);
    expect(await seenBy(meridian, paper)).toEqual([]);
    expect((await held(record)).length).toBeGreaterThan(0);
  });

  it('sees nothing by a permission for another revision', async () => {
    const record = await theirs();
    const paper = await permit(record, { about: { record: record.id, hash: self.id } });
    for (const each of [record, paper]) await release(under.store, each, meridian.id);
    expect(await seenBy(meridian, record)).toEqual([]);
    expect((await held(record)).length).toBeGreaterThan(0);
  });

  it('sees nothing of what its origin has taken back', async () => {
    const record = await theirs('quarantined');
    await permit(record);
    await release(under.store, record, meridian.id);
    expect(await seenBy(meridian, record)).toEqual([]);
    expect((await held(record)).length).toBeGreaterThan(0);
  });
});

describe('[EXC-5] a service that is only vouched for', () => {
  const ours = () => storeRecord(under.store, self, { marking: markingOf(3), portions: [markingOf(3), markingOf(3)] });

  it('sees of our records what we permitted it to be given, in a letter without any release', async () => {
    const [record, other] = [await ours(), await ours()];
    const digests = digestsOf(record, ['portions/1']);
    const paper = await permit(record, { grantee: meridian.id, onwardTo: remote.id, digests });
    expect(await seenBy(remote, record)).toEqual(digests.toSorted());
    // The permission names it, so it must learn of it; not of what else there is.
    expect(await seenBy(remote, paper)).not.toEqual([]);
    await release(under.store, other, remote.id);
    expect(await seenBy(remote, other)).toEqual([]);
    expect((await held(other)).length).toBeGreaterThan(0);
    // Meridian, a partner, gets nothing without a release, permission or not.
    expect(await seenBy(meridian, record)).toEqual([]);
  });

  it('sees nothing after the permission, and nothing at all once it is revoked', async () => {
    const record = await ours();
    await permit(record, { grantee: meridian.id, onwardTo: remote.id, validUntil: '2020-01-01' });
    expect(await seenBy(remote, record)).toEqual([]);
    await permit(record, { grantee: meridian.id, onwardTo: remote.id });
    expect(await seenBy(remote, record)).not.toEqual([]);
    const revoke = (at: Date | null) =>
      under.database.asActor(node, (tx) =>
        tx.updateTable('service').set({ revoked_at: at }).where('id', '=', remote.id).execute(),
      );
    await revoke(new Date());
    expect(await seenBy(remote, record)).toEqual([]);
    await revoke(null);
  });

  it('sees nothing of another’s record, whatever its origin permits us', async () => {
    const record = await theirs();
    await permit(record, { onwardTo: remote.id });
    await release(under.store, record, remote.id);
    expect(await seenBy(remote, record)).toEqual([]);
  });
});

describe('[PRM-1] officers and permissions', () => {
  it('see who may do what with a record, and where it is used, only with the record itself', async () => {
    const administrator = await firstAdministrator(under.database);
    const rights = { clearance: 2, compartments: [], desks: ['liaison'] };
    const [near, low] = [
      await addOfficer(under.database, administrator, { role: 'liaison', ...rights }),
      await addOfficer(under.database, administrator, { role: 'liaison', ...rights, clearance: 0 }),
    ];
    const record = await theirs();
    await permit(record);
    const entry = { id: testRecordId(self, 20_000), record_id: record.id, hash: record.hash, at: new Date() };
    const used = {
      ...entry,
      use: 'judicial' as const,
      reference: '2026/118',
      stage: null,
      purpose: null,
      permission: null,
    };
    const enter = (officer: string, inTheNameOf = officer) =>
      under.database.asActor(asOfficer(officer), (tx) =>
        tx
          .insertInto('use_entry')
          .values({ ...used, officer: inTheNameOf })
          .execute(),
      );
    await expect(enter(low)).rejects.toThrow(/row-level security/);
    await expect(enter(near, low)).rejects.toThrow(/row-level security/);
    await enter(near);
    const seen = (officer: string) =>
      under.database.asActor(asOfficer(officer), async (tx) => [
        (await tx.selectFrom('permission').select('use').where('about_record', '=', record.id).execute()).length,
        (await tx.selectFrom('use_entry').select('id').where('record_id', '=', record.id).execute()).length,
      ]);
    expect(await seen(near)).toEqual([1, 1]);
    expect(await seen(low)).toEqual([0, 0]);
    expect(await seen(administrator)).toEqual([0, 0]);
  });
});

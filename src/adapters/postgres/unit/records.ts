import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHead, StoreUnit } from '#src/ports/store.ts';
import type { Level } from '#src/protocol/marking/marking.ts';
import type { RecordHash, RecordId, UnixMs } from '#src/protocol/primitives.ts';
import type { HeldRevision } from '#src/protocol/record/held.ts';
import { joinSdJwt } from '#src/protocol/record/serialise.ts';
import { inOriginalOrder } from './disclosures.ts';
import { insertRows } from './insert-rows.ts';
import { isIn } from './is-in.ts';
import {
  citeColumns,
  citeRows,
  disclosureColumns,
  disclosureRows,
  type KeptRecord,
  linkColumns,
  linkRows,
  releasableColumn,
  revisionColumns,
  revisionRow,
} from './record-rows.ts';

type RecordWords = 'foresee' | 'putRecord' | 'head' | 'setHead' | 'revisions' | 'sdJwt' | 'putOnDesk' | 'desks';

export function recordWords(tx: Tx): Pick<StoreUnit, RecordWords> {
  return {
    // One statement after the other, as they are asked for: only the gathered unit fetches ahead
    async foresee() {},

    putRecord(record, from, at) {
      return putRecords(tx, [{ record, from, at }]);
    },

    async head(record) {
      return (await chainsOf(tx, [record])).get(record)?.head ?? null;
    },

    async setHead({ record, origin, kind, hash, revision, state }, at) {
      const updated_at = new Date(at);
      // Not `on conflict do update`: that would demand that an author sees the record before it stands on a desk
      const { numUpdatedRows } = await tx
        .updateTable('record_head')
        .set({ hash, revision, state, updated_at })
        .where('record_id', '=', record)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        await tx
          .insertInto('record_head')
          .values({ record_id: record, origin, kind, hash, revision, state, updated_at })
          .execute();
      }
    },

    async revisions(record) {
      return (await chainsOf(tx, [record])).get(record)?.revisions ?? [];
    },

    async sdJwt(hash) {
      return (await copiesOf(tx, [hash])).get(hash) ?? null;
    },

    putOnDesk(record, desk, by, at) {
      return putOnDesks(tx, [{ record, desk, by, at }]);
    },

    async desks(record) {
      const rows = await tx
        .selectFrom('record_desk')
        .select('desk')
        .where('record_id', '=', record)
        .orderBy('desk')
        .execute();
      return rows.map(({ desk }) => desk);
    },
  };
}

/** The stored copies of these revisions, each with every disclosure that is held; null where there is none. */
export async function copiesOf(tx: Tx, hashes: readonly RecordHash[]): Promise<Map<RecordHash, string | null>> {
  const copies = new Map<RecordHash, string | null>(hashes.map((hash) => [hash, null]));
  if (hashes.length === 0) return copies;
  const revisions = await tx
    .selectFrom('record_revision')
    .select(['hash', 'jwt'])
    .where(isIn('hash', hashes))
    .execute();
  const rows = await tx
    .selectFrom('disclosure')
    .select(['hash', 'encoded', 'path', 'digest'])
    .where(isIn('hash', hashes))
    .execute();
  const disclosures = Map.groupBy(rows, ({ hash }) => hash);
  for (const { hash, jwt } of revisions) {
    const encoded = inOriginalOrder(disclosures.get(hash) ?? []).map((disclosure) => disclosure.encoded);
    copies.set(hash, joinSdJwt(jwt, encoded));
  }
  return copies;
}

type Chain = { readonly head: RecordHead | null; readonly revisions: HeldRevision[] };

/** Head and revisions of each of these records, also of those that are not held. */
export async function chainsOf(tx: Tx, records: readonly RecordId[]): Promise<Map<RecordId, Chain>> {
  const chains = new Map<RecordId, Chain>(records.map((record) => [record, { head: null, revisions: [] }]));
  if (records.length === 0) return chains;
  const heads = await tx
    .selectFrom('record_head')
    .select(['record_id as record', 'origin', 'kind', 'hash', 'revision', 'state'])
    .where(isIn('record_id', records, 'uuid'))
    .execute();
  for (const head of heads) chains.set(head.record, { head, revisions: [] });
  // REC-4: what was skipped closes the chain too. Held whole later, it stands in both
  const whole = await tx
    .selectFrom('record_revision')
    .select(['record_id', 'revision', 'hash', 'status', 'level', 'compartments'])
    .where(isIn('record_id', records, 'uuid'))
    .execute();
  const bare = await tx
    .selectFrom('skipped_revision')
    .select(['record_id', 'revision', 'hash', 'status'])
    .where(isIn('record_id', records, 'uuid'))
    .execute();
  const hashes = new Set(whole.map(({ hash }) => hash));
  for (const { record_id, level, compartments, ...revision } of whole) {
    // The column's own check holds it to 0 to 4.
    chains.get(record_id)?.revisions.push({ ...revision, label: { level: level as Level, compartments } });
  }
  for (const { record_id, ...revision } of bare) {
    if (!hashes.has(revision.hash)) chains.get(record_id)?.revisions.push({ ...revision, label: null });
  }
  for (const { revisions } of chains.values()) revisions.sort(byRevision);
  return chains;
}

/** Two under one number where the origin contradicted itself (REC-4). */
export function byRevision(one: HeldRevision, other: HeldRevision): number {
  return one.revision - other.revision || (one.hash < other.hash ? -1 : 1);
}

const unlessThere = sql`on conflict do nothing`;

/** A few statements for all of them. Each hash at most once. */
export async function putRecords(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  await insertRevisions(tx, kept);
  await insertRows(tx, 'disclosure', disclosureColumns, kept.flatMap(disclosureRows), unlessThere);
  await insertRows(tx, 'record_cite', citeColumns, kept.flatMap(citeRows), unlessThere);
  await insertRows(tx, 'record_link', linkColumns, kept.flatMap(linkRows), unlessThere);
}

async function insertRevisions(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  const inserted = await insertRows(tx, 'record_revision', revisionColumns, kept.map(revisionRow), unlessThere);
  if (inserted === kept.length) return;
  for (const { record } of kept) {
    if (!record.disclosures.some(({ path }) => path === 'releasableTo')) continue;
    // Held before: this copy shows who may hold the record, and the one before perhaps did not
    const releasable_to = releasableColumn(record.marking.releasableTo);
    await tx
      .updateTable('record_revision')
      .set({ releasable_to })
      .where('hash', '=', record.hash)
      .where('releasable_to', 'is distinct from', releasable_to)
      .execute();
  }
}

/** As the node: officers move their heads one by one, because a conflict would ask whether they see the row already. */
export async function putHeads(tx: Tx, heads: ReadonlyMap<RecordId, { head: RecordHead; at: UnixMs }>): Promise<void> {
  const rows = [...heads.values()].map(({ head: { record, ...head }, at }) => {
    return { record_id: record, ...head, updated_at: new Date(at) };
  });
  // REC-4: another link may have brought a newer revision, or a contradiction, since this unit looked
  const unlessNewer = sql`on conflict (record_id) do update
    set hash = excluded.hash, revision = excluded.revision, updated_at = excluded.updated_at,
      state = case
        when record_head.revision = excluded.revision and record_head.hash <> excluded.hash then 'equivocal'
        else excluded.state
      end
    where record_head.revision <= excluded.revision
      and (record_head.state <> 'equivocal' or excluded.state = 'equivocal')`;
  await insertRows(tx, 'record_head', headColumns, rows, unlessNewer);
}

const headColumns = {
  record_id: 'uuid',
  origin: 'text',
  kind: 'text',
  hash: 'text',
  revision: 'integer',
  state: 'text',
  updated_at: 'timestamptz',
} as const;

export interface OnDesk {
  readonly record: RecordId;
  readonly desk: string;
  readonly by: string | null;
  readonly at: UnixMs;
}

export async function putOnDesks(tx: Tx, entries: readonly OnDesk[]): Promise<void> {
  const rows = entries.map(({ record, desk, by, at }) => {
    return { record_id: record, desk, added_by: by, added_at: new Date(at) };
  });
  await insertRows(tx, 'record_desk', deskColumns, rows, unlessThere);
}

const deskColumns = { record_id: 'uuid', desk: 'text', added_by: 'uuid', added_at: 'timestamptz' } as const;

import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHead, StoreUnit } from '#src/ports/store.ts';
import type { ReleasableTo } from '#src/protocol/marking/marking.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { joinSdJwt } from '#src/protocol/record/serialise.ts';
import { disclosureValue, inOriginalOrder } from './disclosures.ts';
import { insertRows } from './insert-rows.ts';
import { isIn } from './is-in.ts';

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

type Chain = { readonly head: RecordHead | null; readonly revisions: { revision: number; hash: RecordHash }[] };

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
  const revisions = await tx
    .selectFrom('record_revision')
    .select(['record_id', 'revision', 'hash'])
    .where(isIn('record_id', records, 'uuid'))
    // REC-4: what was skipped closes the chain too. Held whole later, it stands in both
    .union(
      tx
        .selectFrom('skipped_revision')
        .select(['record_id', 'revision', 'hash'])
        .where(isIn('record_id', records, 'uuid')),
    )
    .orderBy('revision')
    .orderBy('hash')
    .execute();
  for (const { record_id, ...revision } of revisions) chains.get(record_id)?.revisions.push(revision);
  return chains;
}

export interface KeptRecord {
  readonly record: VerifiedRecord;
  readonly from: ServiceId | null;
  readonly at: UnixMs;
}

const unlessThere = sql`on conflict do nothing`;

/** A few statements for all of them. Each hash at most once. */
export async function putRecords(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  await insertRevisions(tx, kept);
  await insertRows(tx, 'disclosure', disclosureColumns, kept.flatMap(disclosureRows), unlessThere);
  await insertRows(tx, 'record_cite', citeColumns, kept.flatMap(citeRows), unlessThere);
  await insertRows(tx, 'record_link', linkColumns, kept.flatMap(linkRows), unlessThere);
}

const disclosureColumns = {
  hash: 'text',
  digest: 'text',
  path: 'text',
  encoded: 'text',
  value: 'jsonb',
  level: 'smallint',
  compartments: 'text[]',
  releasable_to: 'text[]',
} as const;

function disclosureRows({ record }: KeptRecord) {
  return record.disclosures.map(({ encoded, digest, path, label }) => ({
    hash: record.hash,
    digest,
    path,
    encoded,
    value: JSON.stringify(disclosureValue(encoded)),
    level: label.level,
    compartments: [...label.compartments],
    releasable_to: releasableColumn(label.releasableTo),
  }));
}

const citeColumns = {
  hash: 'text',
  record_id: 'uuid',
  cited_record: 'uuid',
  cited_revision: 'integer',
  cited_hash: 'text',
  cited_origin: 'text',
} as const;

/** What a revision draws on: what it cites, and what it links as derived from. */
function citeRows({ record: { hash, id, cites, links } }: KeptRecord) {
  const drawnOn = [...cites, ...links.filter(({ type }) => type === 'derived-from')];
  return drawnOn.map((cited) => ({
    hash,
    record_id: id,
    cited_record: cited.record,
    cited_revision: cited.revision,
    cited_hash: cited.hash,
    cited_origin: cited.origin,
  }));
}

const linkColumns = {
  hash: 'text',
  record_id: 'uuid',
  type: 'text',
  target_record: 'uuid',
  target_revision: 'integer',
  target_hash: 'text',
  target_origin: 'text',
} as const;

function linkRows({ record: { hash, id, links } }: KeptRecord) {
  return links.map((link) => ({
    hash,
    record_id: id,
    type: link.type,
    target_record: link.record,
    target_revision: link.revision,
    target_hash: link.hash,
    target_origin: link.origin,
  }));
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

const revisionColumns = {
  hash: 'text',
  record_id: 'uuid',
  revision: 'integer',
  previous: 'text',
  kind: 'text',
  status: 'text',
  origin: 'text',
  language: 'text',
  created_at: 'timestamptz',
  purpose: 'text',
  legal_basis: 'text',
  review_by: 'date',
  grading_source: 'text',
  grading_information: 'text',
  handling: 'jsonb',
  tlp: 'text',
  pap: 'text',
  level: 'smallint',
  compartments: 'text[]',
  releasable_to: 'text[]',
  jwt: 'text',
  received_from: 'text',
  stored_at: 'timestamptz',
} as const;

function revisionRow({ record, from, at }: KeptRecord) {
  return {
    hash: record.hash,
    record_id: record.id,
    revision: record.revision,
    previous: record.previous,
    kind: record.kind,
    status: record.status,
    origin: record.origin,
    language: record.language,
    created_at: new Date(record.createdAt * 1000),
    purpose: record.purpose,
    legal_basis: record.legalBasis,
    review_by: record.reviewBy,
    grading_source: record.grading?.source ?? null,
    grading_information: record.grading?.information ?? null,
    handling: JSON.stringify(record.marking.handling),
    tlp: record.marking.tlp ?? null,
    pap: record.marking.pap ?? null,
    level: record.marking.level,
    compartments: [...record.marking.compartments],
    releasable_to: releasableColumn(record.marking.releasableTo),
    jwt: record.jwt,
    received_from: from,
    stored_at: new Date(at),
  };
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

function releasableColumn(releasableTo: ReleasableTo): string[] | null {
  return releasableTo === 'any' ? null : [...releasableTo];
}

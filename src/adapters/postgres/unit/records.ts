import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHead, StoreUnit } from '#src/ports/store.ts';
import type { ReleasableTo } from '#src/protocol/marking/marking.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { joinSdJwt } from '#src/protocol/record/serialise.ts';
import { disclosureValue, inOriginalOrder } from './disclosures.ts';
import { columnOf, inPieces, isIn, listLiteral } from './pieces.ts';

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

/** A few statements for all of them. Each hash at most once. */
export async function putRecords(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  await insertRevisions(tx, kept);
  await insertDisclosures(tx, kept);
  const links = kept.flatMap(({ record }) =>
    record.links.map((link) => ({
      hash: record.hash,
      record_id: record.id,
      type: link.type,
      target_record: link.record,
      target_revision: link.revision,
      target_hash: link.hash,
      target_origin: link.origin,
    })),
  );
  const cites = kept.flatMap(({ record }) => citesOf(record));
  for (const rows of inPieces(cites)) {
    await tx
      .insertInto('record_cite')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const rows of inPieces(links)) {
    await tx
      .insertInto('record_link')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Of a batch there are thousands: as parameters of their own, or as JSON, they take twice as long. */
async function insertDisclosures(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  const rows = kept.flatMap(({ record }) =>
    record.disclosures.map((disclosure) => ({ ...disclosure, hash: record.hash })),
  );
  if (rows.length === 0) return;
  const compartments = rows.map(({ label }) => listLiteral(label.compartments));
  const releasableTo = rows.map(({ label: { releasableTo: to } }) => (to === 'any' ? null : listLiteral(to)));
  await sql`insert into disclosure (hash, digest, path, encoded, value, level, compartments, releasable_to)
    select hash, digest, path, encoded, value::jsonb, level::smallint, compartments::text[], releasable_to::text[]
    from unnest(
      ${columnOf(rows.map(({ hash }) => hash))},
      ${columnOf(rows.map(({ digest }) => digest))},
      ${columnOf(rows.map(({ path }) => path))},
      ${columnOf(rows.map(({ encoded }) => encoded))},
      ${columnOf(rows.map(({ encoded }) => JSON.stringify(disclosureValue(encoded))))},
      ${columnOf(rows.map(({ label }) => String(label.level)))},
      ${compartments}::text[],
      ${releasableTo}::text[]
    ) as d (hash, digest, path, encoded, value, level, compartments, releasable_to)
    on conflict do nothing`.execute(tx);
}

/** What a revision draws on: what it cites, and what it links as derived from. */
function citesOf({ hash, id, cites, links }: VerifiedRecord) {
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

async function insertRevisions(tx: Tx, kept: readonly KeptRecord[]): Promise<void> {
  let inserted = 0n;
  for (const rows of inPieces(kept)) {
    const done = await tx
      .insertInto('record_revision')
      .values(rows.map(revisionRow))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    inserted += done.numInsertedOrUpdatedRows ?? 0n;
  }
  if (inserted === BigInt(kept.length)) return;
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
  for (const rows of inPieces([...heads.values()])) {
    await tx
      .insertInto('record_head')
      .values(
        rows.map(({ head: { record, origin, kind, hash, revision, state }, at }) => ({
          record_id: record,
          origin,
          kind,
          hash,
          revision,
          state,
          updated_at: new Date(at),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .column('record_id')
          .doUpdateSet(({ ref }) => ({
            hash: ref('excluded.hash'),
            revision: ref('excluded.revision'),
            state: ref('excluded.state'),
            updated_at: ref('excluded.updated_at'),
          }))
          // REC-4: another link may have brought a newer revision, or a contradiction, since this unit looked
          .where('record_head.revision', '<=', (eb) => eb.ref('excluded.revision'))
          .where((eb) => eb.or([eb('record_head.state', '<>', 'equivocal'), eb('excluded.state', '=', 'equivocal')])),
      )
      .execute();
  }
}

export interface OnDesk {
  readonly record: RecordId;
  readonly desk: string;
  readonly by: string | null;
  readonly at: UnixMs;
}

export async function putOnDesks(tx: Tx, entries: readonly OnDesk[]): Promise<void> {
  for (const rows of inPieces(entries)) {
    await tx
      .insertInto('record_desk')
      .values(
        rows.map(({ record, desk, by, at }) => ({ record_id: record, desk, added_by: by, added_at: new Date(at) })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function releasableColumn(releasableTo: ReleasableTo): string[] | null {
  return releasableTo === 'any' ? null : [...releasableTo];
}

import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { ReleasableTo } from '#src/protocol/marking/marking.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { joinSdJwt } from '#src/protocol/record/serialise.ts';
import { disclosureValue, inOriginalOrder } from './disclosures.ts';

type RecordWords = 'putRecord' | 'head' | 'setHead' | 'revisions' | 'sdJwt' | 'putOnDesk' | 'desks';

export function recordWords(tx: Tx): Pick<StoreUnit, RecordWords> {
  return {
    async putRecord(record, from, at) {
      await insertRevision(tx, record, from, at);
      if (record.disclosures.length > 0) {
        await tx
          .insertInto('disclosure')
          .values(
            record.disclosures.map(({ encoded, digest, path, label }) => ({
              hash: record.hash,
              digest,
              path,
              encoded,
              value: JSON.stringify(disclosureValue(encoded)),
              level: label.level,
              compartments: [...label.compartments],
              releasable_to: releasableColumn(label.releasableTo),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      if (record.links.length > 0) {
        await tx
          .insertInto('record_link')
          .values(
            record.links.map((link) => ({
              hash: record.hash,
              record_id: record.id,
              type: link.type,
              target_record: link.record,
              target_revision: link.revision,
              target_hash: link.hash,
              target_origin: link.origin,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },

    async head(record) {
      const row = await tx
        .selectFrom('record_head')
        .select(['record_id', 'origin', 'kind', 'hash', 'revision', 'state'])
        .where('record_id', '=', record)
        .executeTakeFirst();
      if (!row) return null;
      const { record_id, ...head } = row;
      return { record: record_id, ...head };
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
      return tx
        .selectFrom('record_revision')
        .select(['revision', 'hash'])
        .where('record_id', '=', record)
        .orderBy('revision')
        .orderBy('hash')
        .execute();
    },

    async sdJwt(hash) {
      const revision = await tx.selectFrom('record_revision').select('jwt').where('hash', '=', hash).executeTakeFirst();
      if (!revision) return null;
      const rows = await tx
        .selectFrom('disclosure')
        .select(['encoded', 'path', 'digest'])
        .where('hash', '=', hash)
        .execute();
      return joinSdJwt(
        revision.jwt,
        inOriginalOrder(rows).map(({ encoded }) => encoded),
      );
    },

    async putOnDesk(record, desk, by, at) {
      await tx
        .insertInto('record_desk')
        .values({ record_id: record, desk, added_by: by, added_at: new Date(at) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
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

async function insertRevision(tx: Tx, record: VerifiedRecord, from: string | null, at: number): Promise<void> {
  const releasable_to = releasableColumn(record.marking.releasableTo);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('record_revision')
    .values({
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
      releasable_to,
      jwt: record.jwt,
      received_from: from,
      stored_at: new Date(at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 0n || !record.disclosures.some(({ path }) => path === 'releasableTo')) return;
  // Held before: this copy shows who may hold the record, and the one before perhaps did not
  await tx
    .updateTable('record_revision')
    .set({ releasable_to })
    .where('hash', '=', record.hash)
    .where('releasable_to', 'is distinct from', releasable_to)
    .execute();
}

function releasableColumn(releasableTo: ReleasableTo): string[] | null {
  return releasableTo === 'any' ? null : [...releasableTo];
}

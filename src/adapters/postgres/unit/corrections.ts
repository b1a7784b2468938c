import type { Selectable } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { CorrectionWords, StoredCorrection } from '#src/ports/store-corrections.ts';
import type { CorrectionTable } from '#src/ports/tables-conditions.ts';
import type { CorrectionAnswer } from '#src/protocol/correction/words.ts';
import { releasesOf } from './releases.ts';

export function correctionWords(tx: Tx): Omit<CorrectionWords, 'eraseContent'> {
  return {
    async putCorrection({ record, hash, origin, change, respondBy, about, superseded, issuedAt }) {
      await tx
        .insertInto('correction')
        .values({
          record_id: record,
          hash,
          origin,
          change,
          respond_by: respondBy,
          about_record: about.record,
          about_hash: about.hash,
          about_revision: about.revision,
          superseded_hash: superseded,
          issued_at: new Date(issuedAt),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async correction(record) {
      const row = await tx.selectFrom('correction').selectAll().where('record_id', '=', record).executeTakeFirst();
      return row ? storedCorrection(row) : null;
    },

    async correctionsAbout(record) {
      const rows = await tx
        .selectFrom('correction')
        .selectAll()
        .where('about_record', '=', record)
        .orderBy('about_revision', 'desc')
        .orderBy('record_id', 'desc')
        .execute();
      return rows.map(storedCorrection);
    },

    async putAsk(correction, holder, at) {
      await tx
        .insertInto('correction_ask')
        .values({ correction, holder, asked_at: new Date(at), reminded_at: null })
        .onConflict((conflict) => conflict.columns(['correction', 'holder']).doUpdateSet({ reminded_at: new Date(at) }))
        .execute();
    },

    async asks(correction) {
      const rows = await tx
        .selectFrom('correction_ask')
        .select(['holder', 'asked_at', 'reminded_at'])
        .where('correction', '=', correction)
        .orderBy('asked_at')
        .orderBy('holder')
        .execute();
      return rows.map(({ holder, asked_at, reminded_at }) => ({
        holder,
        askedAt: asked_at.getTime(),
        remindedAt: reminded_at?.getTime() ?? null,
      }));
    },

    async answersTo(correction) {
      const rows = await tx
        .selectFrom('record_link as link')
        .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
        .innerJoin('disclosure as said', (join) =>
          join.onRef('said.hash', '=', 'link.hash').on('said.path', '=', 'body/answer'),
        )
        .select(['answer.origin', 'said.value', 'answer.stored_at'])
        .where('link.target_record', '=', correction)
        .where('link.type', '=', 'replies-to')
        .where('answer.kind', '=', 'correction-answer')
        .orderBy('answer.stored_at')
        .orderBy('answer.record_id')
        .execute();
      // The kind's schema held the value to the list before it was stored
      return rows.map(({ origin, value, stored_at }) => ({
        origin,
        answer: value as unknown as CorrectionAnswer,
        at: stored_at.getTime(),
      }));
    },

    async holdings(record) {
      return tx
        .selectFrom('holder')
        .innerJoin('record_revision as revision', 'revision.hash', 'holder.hash')
        .select(['holder.hash', 'revision.revision', 'holder.holder', 'holder.via', 'holder.state', 'holder.digests'])
        .where('holder.record_id', '=', record)
        .where(({ or, eb, not, exists, selectFrom }) =>
          or([
            eb('holder.state', '<>', 'granted'),
            not(
              exists(
                // Sent, and refused at its door: what was not taken is not held
                selectFrom('release')
                  .select('release.id')
                  .whereRef('release.hash', '=', 'holder.hash')
                  .whereRef('release.recipient', '=', 'holder.holder')
                  .whereRef('release.refused_by', '=', 'holder.holder')
                  .where('release.state', '=', 'refused'),
              ),
            ),
          ]),
        )
        .orderBy('revision.revision')
        .orderBy('holder.holder')
        .execute();
    },

    async liveReleases(record) {
      const rows = await tx
        .selectFrom('release')
        .select('id')
        .where('record_id', '=', record)
        .where('state', '<>', 'refused')
        .orderBy('released_at')
        .orderBy('id')
        .execute();
      if (rows.length === 0) return [];
      const releases = await releasesOf(
        tx,
        rows.map(({ id }) => id),
      );
      return rows.flatMap(({ id }) => releases.get(id) ?? []);
    },

    async replaceInQueue(id, message) {
      await tx
        .updateTable('outbox')
        .set({ message: JSON.stringify(message), release_id: null })
        .where('id', '=', id)
        .where('sequence', 'is', null)
        .execute();
    },

    async putSkippedRevision({ hash, id, revision, previous, status, origin, jwt }, from, at) {
      await tx
        .insertInto('skipped_revision')
        .values({
          hash,
          record_id: id,
          revision,
          previous,
          status,
          origin,
          jwt,
          received_from: from,
          stored_at: new Date(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async bareJwt(hash) {
      const held = await tx.selectFrom('record_revision').select('jwt').where('hash', '=', hash).executeTakeFirst();
      if (held) return held.jwt;
      const skipped = await tx.selectFrom('skipped_revision').select('jwt').where('hash', '=', hash).executeTakeFirst();
      return skipped?.jwt ?? null;
    },

    async citing(record) {
      return tx
        .selectFrom('record_cite as cite')
        .innerJoin('record_head as head', 'head.hash', 'cite.hash')
        .select((eb) => ['cite.record_id as record', eb.fn.min('cite.cited_revision').as('revision')])
        .where('cite.cited_record', '=', record)
        .groupBy('cite.record_id')
        .orderBy('cite.record_id')
        .execute();
    },

    async putCitationFlag({ citing, cited, citedOrigin, citedHash, citedRevision, change }, at) {
      await tx
        .insertInto('citation_flag')
        .values({
          citing_record: citing,
          cited_record: cited,
          cited_origin: citedOrigin,
          cited_hash: citedHash,
          cited_revision: citedRevision,
          change,
          since: new Date(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function storedCorrection(row: Selectable<CorrectionTable>): StoredCorrection {
  return {
    record: row.record_id,
    hash: row.hash,
    origin: row.origin,
    change: row.change,
    respondBy: row.respond_by,
    about: { record: row.about_record, hash: row.about_hash, revision: row.about_revision },
    superseded: row.superseded_hash,
    issuedAt: row.issued_at.getTime(),
  };
}

import { type Selectable, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { StoredAgreement, StoreUnit } from '#src/ports/store.ts';
import type { AgreementTable } from '#src/ports/tables.ts';

export function agreementWords(tx: Tx): Pick<StoreUnit, 'agreement' | 'agreementInForce' | 'putAgreement'> {
  return {
    async agreement(record) {
      // A whole row is put back by whoever reads it here: two units on one agreement run one after the other.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`agreement ${record}`}, 0))`.execute(tx);
      const row = await tx
        .selectFrom('agreement')
        .selectAll()
        .where('record_id', '=', record)
        .orderBy('revision', 'desc')
        .executeTakeFirst();
      return row ? storedAgreement(row) : null;
    },

    async agreementInForce(partner, today) {
      const row = await tx
        .selectFrom('agreement')
        .selectAll()
        .where('partner', '=', partner)
        .where('our_assent_at', 'is not', null)
        .where('their_assent_at', 'is not', null)
        .where('ended_at', 'is', null)
        .where('valid_from', '<=', today)
        .where('valid_until', '>=', today)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('agreement as newer')
                .select('newer.hash')
                .whereRef('newer.record_id', '=', 'agreement.record_id')
                .whereRef('newer.revision', '>', 'agreement.revision')
                .where('newer.our_assent_at', 'is not', null)
                .where('newer.their_assent_at', 'is not', null),
            ),
          ),
        )
        // The same order as in app_partner_terms, which the partner policies ask
        .orderBy(sql`greatest(our_assent_at, their_assent_at)`, 'desc')
        .orderBy('record_id', 'desc')
        .executeTakeFirst();
      return row ? storedAgreement(row) : null;
    },

    async putAgreement(agreement) {
      const { record_id, hash, ...columns } = agreementRow(agreement);
      await tx
        .insertInto('agreement')
        .values({ record_id, hash, ...columns })
        .onConflict((conflict) => conflict.columns(['record_id', 'hash']).doUpdateSet(columns))
        .execute();
      if (columns.ended_at === null) return;
      const { ended_at, ended_by } = columns;
      await tx
        .updateTable('agreement')
        .set({ ended_at, ended_by })
        .where('record_id', '=', record_id)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}

function storedAgreement(row: Selectable<AgreementTable>): StoredAgreement {
  return {
    record: row.record_id,
    hash: row.hash,
    revision: row.revision,
    partner: row.partner,
    ceiling: row.ceiling,
    compartments: row.compartments,
    purposes: row.purposes,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    oversightIncluded: row.oversight_included,
    ourAssentAt: row.our_assent_at?.getTime() ?? null,
    theirAssentAt: row.their_assent_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    endedBy: row.ended_by,
  };
}

function agreementRow(agreement: StoredAgreement) {
  return {
    record_id: agreement.record,
    hash: agreement.hash,
    revision: agreement.revision,
    partner: agreement.partner,
    ceiling: agreement.ceiling,
    compartments: [...agreement.compartments],
    purposes: [...agreement.purposes],
    valid_from: agreement.validFrom,
    valid_until: agreement.validUntil,
    oversight_included: agreement.oversightIncluded,
    our_assent_at: dateOrNull(agreement.ourAssentAt),
    their_assent_at: dateOrNull(agreement.theirAssentAt),
    ended_at: dateOrNull(agreement.endedAt),
    ended_by: agreement.endedBy,
  };
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

import { type Selectable, sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { OnwardWords } from '#src/ports/store-onward.ts';
import type { PermissionTable } from '#src/ports/tables-conditions.ts';
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';

type Words = Omit<OnwardWords, 'signers' | 'card' | 'vouchFor' | 'vouchedCount'>;

export function onwardWords(tx: Tx): Words {
  return {
    async handlingOf(hash) {
      const revision = await tx
        .selectFrom('record_revision')
        .select('handling')
        .where('hash', '=', hash)
        .executeTakeFirst();
      const portions = await tx
        .selectFrom('disclosure')
        .select(sql<Handling[]>`value -> 'marking' -> 'handling'`.as('handling'))
        .where('hash', '=', hash)
        .where('path', 'like', 'portions/%')
        .execute();
      return [...(revision?.handling ?? []), ...portions.flatMap(({ handling }) => handling)];
    },

    async viasOf(holder) {
      const rows = await tx
        .selectFrom('holder')
        .select('via')
        .where('holder', '=', holder)
        .where('via', 'is not', null)
        .groupBy('via')
        .orderBy(({ fn }) => fn.max('since'), 'desc')
        .execute();
      return rows.flatMap(({ via }) => via ?? []);
    },
    async sourcesOf(origin) {
      const rows = await tx
        .selectFrom('record_revision')
        .select('received_from')
        .where('origin', '=', origin)
        .where('received_from', 'is not', null)
        .groupBy('received_from')
        .orderBy(({ fn }) => fn.max('stored_at'), 'desc')
        .execute();
      return rows.flatMap(({ received_from }) => received_from ?? []);
    },
    async gaveTo(to, origin) {
      const row = await heldFromUs(tx, to).where('record_revision.origin', '=', origin).executeTakeFirst();
      return row !== undefined;
    },
    async gaveFrom(to, source) {
      const row = await heldFromUs(tx, to).where('record_revision.received_from', '=', source).executeTakeFirst();
      return row !== undefined;
    },
    async carryOnce(hash, at) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('letter_carried')
        .values({ hash, at: new Date(at) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async permissionsAbout(record) {
      const rows = await tx
        .selectFrom('permission')
        .selectAll()
        .where('about_record', '=', record)
        // REC-1: nobody else's word counts, also where an older version of this software took it
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('record_head')
                .select('record_id')
                .whereRef('record_head.record_id', '=', 'permission.about_record')
                .whereRef('record_head.origin', '<>', 'permission.origin'),
            ),
          ),
        )
        .orderBy('decided_at', 'desc')
        .orderBy('record_id')
        .execute();
      return rows.map(standing);
    },
    async permissionsNaming(service) {
      const rows = await tx
        .selectFrom('permission')
        .selectAll()
        .where('origin', 'in', (self) => self.selectFrom('service').select('id').where('is_self', '=', true))
        .where(({ or, eb }) => or([eb('grantee', '=', service), eb('onward_to', '=', service)]))
        .orderBy('record_id')
        .execute();
      return rows.map(standing);
    },
    async putPermission(permission, at) {
      const { record_id, ...columns } = permissionRow(permission, at);
      await tx
        .insertInto('permission')
        .values({ record_id, ...columns })
        .onConflict((conflict) =>
          conflict.column('record_id').doUpdateSet(columns).where('permission.revision', '<', columns.revision),
        )
        .execute();
    },
  };
}

/** What this service holds that we gave it ourselves. */
function heldFromUs(tx: Tx, holder: string) {
  return tx
    .selectFrom('holder')
    .innerJoin('record_revision', 'record_revision.hash', 'holder.hash')
    .select('holder.hash')
    .where('holder.holder', '=', holder)
    .where('holder.via', 'is', null)
    .limit(1);
}

function standing(row: Selectable<PermissionTable>): PermissionStanding {
  return {
    permission: row.record_id,
    hash: row.hash,
    revision: row.revision,
    origin: row.origin,
    use: row.use,
    decision: row.decision,
    grantee: row.grantee,
    onwardTo: row.onward_to,
    about: { record: row.about_record, hash: row.about_hash },
    digests: row.digests,
    portions: row.portions,
    purpose: row.purpose,
    validUntil: row.valid_until,
    request: row.request,
  };
}

function permissionRow(permission: PermissionStanding, at: number) {
  return {
    record_id: permission.permission,
    hash: permission.hash,
    revision: permission.revision,
    origin: permission.origin,
    use: permission.use,
    decision: permission.decision,
    grantee: permission.grantee,
    onward_to: permission.onwardTo,
    about_record: permission.about.record,
    about_hash: permission.about.hash,
    digests: [...permission.digests],
    portions: permission.portions === null ? null : [...permission.portions],
    purpose: permission.purpose,
    valid_until: permission.validUntil,
    request: permission.request,
    decided_at: new Date(at),
  };
}

import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { RecoveryWords } from '#src/ports/store-recovery.ts';
import type { Position } from '#src/protocol/exchange/state.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isIn } from './is-in.ts';

type EpochWords =
  | 'requeue'
  | 'sentReleases'
  | 'forgetReceipted'
  | 'signedHeader'
  | 'keepEvidence'
  | 'addExport'
  | 'lastExported';

/** Places of one peer's batches that come after a position. */
const later = ({ epoch, through }: Position) =>
  sql<boolean>`(${sql.ref('epoch')}, ${sql.ref('sequence')}) > (${epoch}, ${through})`;

export function epochWords(tx: Tx): Pick<StoreUnit, EpochWords> {
  return {
    async requeue(peer, after) {
      const again = await tx
        .updateTable('outbox')
        .set({ epoch: null, sequence: null })
        .where('peer', '=', peer)
        .where('sequence', 'is not', null)
        .where(later(after))
        .where((eb) =>
          eb.or([
            eb('release_id', 'is', null),
            eb('release_id', 'in', eb.selectFrom('release').select('id').where('state', '<>', 'refused')),
          ]),
        )
        .returning('release_id')
        .execute();
      const releases = again.flatMap(({ release_id }) => (release_id === null ? [] : [release_id]));
      if (releases.length > 0) {
        await tx
          .updateTable('release')
          .set({
            state: 'queued',
            epoch: null,
            sequence: null,
            message_index: null,
            digests: null,
            sent_at: null,
            delivered_at: null,
          })
          .where(isIn('id', releases, 'uuid'))
          .execute();
      }
      await tx
        .updateTable('batch_out')
        .set({ payload: null })
        .where('peer', '=', peer)
        .where('payload', 'is not', null)
        .where(later(after))
        .execute();
    },

    async sentReleases(peer, after) {
      const rows = await tx
        .selectFrom('release')
        .select(['id', 'digests'])
        .where('recipient', '=', peer)
        .where('state', '=', 'sent')
        .where(later(after))
        .orderBy('id')
        .execute();
      return rows.map(({ id, digests }) => ({ release: id, digests: digests ?? [] }));
    },

    async forgetReceipted(before) {
      await tx
        .deleteFrom('outbox')
        .where('queued_at', '<', new Date(before))
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('batch_out')
              .select('batch_out.hash')
              .whereRef('batch_out.peer', '=', 'outbox.peer')
              .whereRef('batch_out.epoch', '=', 'outbox.epoch')
              .whereRef('batch_out.sequence', '=', 'outbox.sequence')
              .where('batch_out.receipted_at', '<', new Date(before)),
          ),
        )
        .execute();
    },

    async signedHeader(of, peer, { epoch, sequence }) {
      const row = await tx
        .selectFrom(of === 'theirs' ? 'batch_in' : 'batch_out')
        .select('signed_header')
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      return row?.signed_header ?? null;
    },

    async keepEvidence(peer, { of, code, epoch, sequence, known, signed }, at) {
      await tx
        .insertInto('link_evidence')
        .values({ peer, at: new Date(at), code, about: of, epoch, sequence, known, signed })
        .execute();
    },

    async addExport(peer, { officer, epoch, from, through, messages }, at) {
      await tx
        .insertInto('bundle_export')
        .values({
          peer,
          at: new Date(at),
          officer,
          epoch,
          first_sequence: from,
          last_sequence: through,
          messages,
        })
        .execute();
    },

    async lastExported(peer, epoch) {
      const row = await tx
        .selectFrom('bundle_export')
        .select('last_sequence')
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.last_sequence ?? 0;
    },
  };
}

const waitingMessages = (tx: Tx, peer: ServiceId, type: string) =>
  tx
    .selectFrom('outbox')
    .select('id')
    .where('peer', '=', peer)
    .where('sequence', 'is', null)
    .where(sql<boolean>`message ->> 'type' = ${type}`);

export function recoveryWords(tx: Tx): Pick<StoreUnit, Exclude<keyof RecoveryWords, EpochWords>> {
  const underWay = tx.selectFrom('recovery').where('ended_at', 'is', null);
  return {
    async recovery() {
      const row = await underWay.select(['id', 'began_at']).executeTakeFirst();
      if (!row) return null;
      const partners = await tx
        .selectFrom('recovery_partner')
        .select(['peer', 'done_at', 'returned'])
        .where('recovery', '=', row.id)
        .orderBy('peer')
        .execute();
      return {
        beganAt: row.began_at.getTime(),
        partners: partners.map(({ peer, done_at, returned }) => ({
          peer,
          doneAt: done_at === null ? null : done_at.getTime(),
          returned,
        })),
      };
    },

    async beginRecovery(partners, at) {
      await tx
        .insertInto('recovery')
        .values({ began_at: new Date(at), ended_at: null })
        // one at a time, also when two links find out at the same moment
        .onConflict((conflict) => conflict.expression(sql`(true)`).where('ended_at', 'is', null).doNothing())
        .execute();
      const { id } = await underWay.select('id').executeTakeFirstOrThrow();
      if (partners.length === 0) return;
      await tx
        .insertInto('recovery_partner')
        .values(partners.map((peer) => ({ recovery: id, peer, asked_at: new Date(at), done_at: null })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async countReturned(peer) {
      await tx
        .updateTable('recovery_partner')
        .set((eb) => ({ returned: eb('returned', '+', 1) }))
        .where('peer', '=', peer)
        .where('done_at', 'is', null)
        .execute();
    },

    async partnerDone(peer, at) {
      await tx
        .updateTable('recovery_partner')
        .set({ done_at: new Date(at) })
        .where('peer', '=', peer)
        .where('done_at', 'is', null)
        .execute();
    },

    async owesRecords(peer) {
      const row = await tx
        .selectFrom('recovery_partner')
        .select('recovery')
        .where('peer', '=', peer)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },

    async endRecovery(at) {
      await tx
        .updateTable('recovery')
        .set({ ended_at: new Date(at) })
        .where('ended_at', 'is', null)
        .execute();
    },

    async recoveryPlace(peer) {
      const row = await tx
        .selectFrom('recovery_partner')
        .select(['after', 'missing'])
        .where('peer', '=', peer)
        .where('done_at', 'is', null)
        .orderBy('recovery', 'desc')
        .executeTakeFirst();
      return row ?? null;
    },

    async setRecoveryPlace(peer, { after, missing }) {
      await tx
        .updateTable('recovery_partner')
        .set({ after, missing })
        .where('peer', '=', peer)
        .where('done_at', 'is', null)
        .execute();
    },

    async listRevisions(origin, asked, count) {
      const revisions = tx.selectFrom('record_revision').where('origin', '=', origin);
      // To the microsecond, as text: a place that is read first can be found by the index, one in a subquery cannot
      const storedAt = sql<string>`stored_at::text`.as('storedAt');
      const place =
        asked === null
          ? undefined
          : await revisions.select(['hash', storedAt]).where('hash', '=', asked).executeTakeFirst();
      const rows = await revisions
        .select('hash')
        .$if(place !== undefined, (query) =>
          query.where(sql<boolean>`(stored_at, hash) > (${place?.storedAt}::timestamptz, ${place?.hash})`),
        )
        .orderBy('stored_at')
        .orderBy('hash')
        .limit(count)
        .execute();
      return { after: place?.hash ?? null, hashes: rows.map(({ hash }) => hash) };
    },

    async revisionsAmong(origin, hashes) {
      const rows = await tx
        .selectFrom('record_revision')
        .select('hash')
        .where('origin', '=', origin)
        .where(isIn('hash', hashes))
        .execute();
      return new Set(rows.map(({ hash }) => hash));
    },

    async waitingOf(peer, type, most) {
      return (await waitingMessages(tx, peer, type).limit(most).execute()).length;
    },

    async dropWaiting(peer, type) {
      await tx
        .deleteFrom('outbox')
        .where('id', 'in', waitingMessages(tx, peer, type))
        .execute();
    },

    async journalLength() {
      const { newest } = await tx
        .selectFrom('journal')
        .select(({ fn }) => fn.max<string | null>('seq').as('newest'))
        .executeTakeFirstOrThrow();
      return Number(newest ?? 0);
    },
  };
}

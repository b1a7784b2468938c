import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { StoredRelease, StoreUnit } from '#src/ports/store.ts';
import type { RecordHash, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { insertRows } from './insert-rows.ts';
import { isIn } from './is-in.ts';

type ReleaseWords =
  | 'release'
  | 'putRelease'
  | 'releaseSent'
  | 'releaseDelivered'
  | 'releaseRefused'
  | 'releaseRead'
  | 'releasesGiven'
  | 'releaseAt'
  | 'putHolder'
  | 'confirmHolder';

export function releaseWords(tx: Tx): Pick<StoreUnit, ReleaseWords> {
  return {
    async release(id) {
      return (await releasesOf(tx, [id])).get(id) ?? null;
    },

    async putRelease({ id, reference, recipient, purpose, withheld }, by, at) {
      await tx
        .insertInto('release')
        .values({
          id,
          record_id: reference.record,
          hash: reference.hash,
          recipient,
          purpose,
          withheld: [...withheld],
          released_by: by,
          released_at: new Date(at),
          state: 'queued',
        })
        .execute();
    },

    releaseSent(id, sent, at) {
      return releasesSent(tx, [{ id, ...sent, at }]);
    },

    releaseDelivered(id, at) {
      return releasesDelivered(tx, [{ id, at }]);
    },

    async releaseRefused(id, { code, by }, at) {
      await tx
        .updateTable('release')
        .set({ state: 'refused', refused_code: code, refused_by: by, refused_at: new Date(at) })
        .where('id', '=', id)
        .where('state', '<>', 'refused')
        .where('read_at', 'is', null)
        .execute();
    },

    async releaseRead(id, at) {
      await tx
        .updateTable('release')
        .set({ read_at: new Date(at) })
        .where('id', '=', id)
        .where('state', 'in', ['sent', 'delivered'])
        .where('read_at', 'is', null)
        .execute();
    },

    async releasesGiven(recipient, hash) {
      const rows = await tx
        .selectFrom('release')
        .select(['id', 'state', 'sent_at', 'read_at'])
        .select(({ exists, selectFrom }) =>
          exists(
            selectFrom('record_link as link')
              .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
              .select('link.hash')
              .where('link.type', '=', 'replies-to')
              .whereRef('link.target_hash', '=', 'release.hash')
              .whereRef('answer.origin', '=', 'release.recipient'),
          ).as('answered'),
        )
        .where('recipient', '=', recipient)
        .where('hash', '=', hash)
        .orderBy('released_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id, state, sent_at, read_at, answered }) => {
        const times = { sentAt: sent_at?.getTime() ?? null, readAt: read_at?.getTime() ?? null };
        return { id, state, ...times, isAnswered: Boolean(answered) };
      });
    },

    async releaseAt(recipient, epoch, sequence, index) {
      const row = await tx
        .selectFrom('release')
        .select('id')
        .where('recipient', '=', recipient)
        .where('epoch', '=', epoch)
        .where('sequence', '=', sequence)
        .where('message_index', '=', index)
        .executeTakeFirst();
      return row?.id ?? null;
    },

    putHolder(holder, state, at) {
      return putHolders(tx, [{ ...holder, state, at }]);
    },

    confirmHolder(holder, hash, at) {
      return confirmHolders(tx, [{ holder, hash, at }]);
    },
  };
}

export async function releasesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredRelease>> {
  const rows = await tx
    .selectFrom('release')
    .innerJoin('record_revision', 'record_revision.hash', 'release.hash')
    .select([
      'release.id',
      'release.record_id',
      'release.hash',
      'release.recipient',
      'release.purpose',
      'release.withheld',
      'record_revision.origin',
      'record_revision.revision',
    ])
    .where(isIn('release.id', ids, 'uuid'))
    .execute();
  return new Map(
    rows.map(({ id, record_id, hash, origin, revision, recipient, purpose, withheld }) => [
      id,
      { id, reference: { origin, record: record_id, revision, hash }, recipient, purpose, withheld },
    ]),
  );
}

export interface SentRelease {
  readonly id: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
  readonly digests: readonly string[];
  readonly at: UnixMs;
}

export async function releasesSent(tx: Tx, sent: readonly SentRelease[]): Promise<void> {
  const rows = sent.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
  await sql`update release set state = 'sent', epoch = s.epoch, sequence = s.sequence, message_index = s.index,
      digests = array(select jsonb_array_elements_text(s.digests)), sent_at = s.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s (id uuid, epoch int, sequence int, index int, digests jsonb, at timestamptz)
    where release.id = s.id and release.state in ('queued', 'sent')`.execute(tx);
}

export interface DeliveredRelease {
  readonly id: string;
  readonly at: UnixMs;
}

export async function releasesDelivered(tx: Tx, delivered: readonly DeliveredRelease[]): Promise<void> {
  const rows = delivered.map(({ id, at }) => ({ id, at: new Date(at) }));
  await sql`update release set state = 'delivered', delivered_at = d.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (id uuid, at timestamptz)
    where release.id = d.id and release.state in ('queued', 'sent')`.execute(tx);
}

type Holder = Parameters<StoreUnit['putHolder']>[0];
export type PutHolder = Holder & { readonly state: Parameters<StoreUnit['putHolder']>[1]; readonly at: UnixMs };

/** Each holder of each hash at most once. */
export async function putHolders(tx: Tx, holders: readonly PutHolder[]): Promise<void> {
  const rows = holders.map(({ record, hash, holder, via, digests, state, at }) => ({
    record_id: record,
    hash,
    holder,
    via,
    state,
    digests: [...digests],
    since: new Date(at),
    confirmed_at: state === 'confirmed' ? new Date(at) : null,
  }));
  // What the holder itself confirmed, or was given directly, a later and weaker word does not take back
  const unlessSurer = sql`on conflict (hash, holder) do update
    set state = excluded.state, via = excluded.via, digests = excluded.digests, confirmed_at = excluded.confirmed_at
    where holder.state <> 'confirmed'
      and (holder.via is not null or excluded.via is null)
      and (holder.state = 'granted' or excluded.state <> 'granted')`;
  await insertRows(tx, 'holder', holderColumns, rows, unlessSurer);
}

const holderColumns = {
  record_id: 'uuid',
  hash: 'text',
  holder: 'text',
  via: 'text',
  state: 'text',
  digests: 'text[]',
  since: 'timestamptz',
  confirmed_at: 'timestamptz',
} as const;

export interface ConfirmedHolder {
  readonly holder: ServiceId;
  readonly hash: RecordHash;
  readonly at: UnixMs;
}

export async function confirmHolders(tx: Tx, confirmed: readonly ConfirmedHolder[]): Promise<void> {
  const rows = confirmed.map(({ holder, hash, at }) => ({ holder, hash, at: new Date(at) }));
  await sql`update holder set state = 'confirmed', confirmed_at = c.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (holder text, hash text, at timestamptz)
    where holder.holder = c.holder and holder.hash = c.hash and holder.state <> 'confirmed'`.execute(tx);
}

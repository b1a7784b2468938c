import type { Selectable } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import type { ServiceTable } from '#src/ports/tables.ts';
import { fromBase64url } from '#src/protocol/encoding.ts';

const columns = [
  'id',
  'code',
  'url',
  'signing_keys',
  'sealing_key_id',
  'sealing_key',
  'confirmed_at',
  'revoked_at',
  'carrier',
] as const;

export function serviceWords(tx: Tx): Pick<StoreUnit, 'knownService' | 'partners'> {
  return {
    async knownService(id) {
      const row = await tx.selectFrom('service').select(columns).where('id', '=', id).executeTakeFirst();
      return row ? knownService(row) : null;
    },

    async partners() {
      const rows = await tx
        .selectFrom('service')
        .select(columns)
        .where('is_self', '=', false)
        .where('confirmed_at', 'is not', null)
        .where('revoked_at', 'is', null)
        .orderBy('code')
        .execute();
      return rows.map(knownService);
    },
  };
}

function knownService(row: Pick<Selectable<ServiceTable>, (typeof columns)[number]>): KnownService {
  return {
    id: row.id,
    code: row.code,
    url: row.url,
    signingKeys: Object.fromEntries(Object.entries(row.signing_keys).map(([id, key]) => [id, rawKey(key)])),
    sealingKey: { id: row.sealing_key_id, publicKey: row.sealing_key },
    confirmed: row.confirmed_at !== null,
    revoked: row.revoked_at !== null,
    carrier: row.carrier,
  };
}

function rawKey(text: string): Uint8Array {
  const key = fromBase64url(text);
  if (!key) throw new Error('a stored signing key is not base64url');
  return key;
}

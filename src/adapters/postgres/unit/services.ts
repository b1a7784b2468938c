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
  'vouched_by',
] as const;

type ServiceWords = 'knownService' | 'partners' | 'signers' | 'card' | 'vouchFor' | 'vouchedCount';

export function serviceWords(tx: Tx): Pick<StoreUnit, ServiceWords> {
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

    async signers() {
      const rows = await tx
        .selectFrom('service')
        .select(columns)
        .where('is_self', '=', false)
        .where('revoked_at', 'is', null)
        .where(({ or, eb }) => or([eb('confirmed_at', 'is not', null), eb('vouched_by', 'is not', null)]))
        .orderBy('id')
        .execute();
      return rows.map(knownService);
    },
    async card(service) {
      const row = await tx.selectFrom('service').select('card').where('id', '=', service).executeTakeFirst();
      return row?.card ?? null;
    },
    async vouchFor(card, by, at) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('service')
        .values({
          id: card.id,
          is_self: false,
          code: await freeCode(tx, card.code, card.id),
          names: JSON.stringify(card.names),
          url: card.url,
          inception_key: card.inceptionKey,
          signing_keys: JSON.stringify(card.signingKeys),
          sealing_key_id: card.sealingKey.id,
          sealing_key: card.sealingKey.publicKey,
          card: card.text,
          added_at: new Date(at),
          confirmed_at: null,
          confirmed_by: null,
          revoked_at: null,
          vouched_by: by,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async vouchedCount(by) {
      const { known } = await tx
        .selectFrom('service')
        .select(({ fn }) => fn.countAll<string>().as('known'))
        .where('vouched_by', '=', by)
        .executeTakeFirstOrThrow();
      return Number(known);
    },
  };
}

/** Codes are display only: one that another has already is told apart by the fingerprint. */
async function freeCode(tx: Tx, code: string, service: string): Promise<string> {
  const taken = await tx.selectFrom('service').select('id').where('code', '=', code).executeTakeFirst();
  return taken ? `${code}-${service.slice(0, 6)}` : code;
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
    vouchedBy: row.vouched_by,
    carrier: row.carrier,
  };
}

function rawKey(text: string): Uint8Array {
  const key = fromBase64url(text);
  if (!key) throw new Error('a stored signing key is not base64url');
  return key;
}

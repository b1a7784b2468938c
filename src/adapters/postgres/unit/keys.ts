import type { Tx } from '#src/ports/database.ts';
import type { KeyWords } from '#src/ports/store-keys.ts';
import { base64url, fromBase64url } from '#src/protocol/encoding.ts';
import type { KeyId } from '#src/protocol/primitives.ts';

export function keyWords(tx: Tx): KeyWords {
  return {
    async keyStatements(service) {
      const rows = await tx
        .selectFrom('key_statement')
        .select(['version', 'hash', 'jws', 'in_force'])
        .where('service', '=', service)
        .orderBy('version')
        .orderBy('in_force', 'desc')
        .orderBy('hash')
        .execute();
      return rows.map(({ in_force, ...statement }) => ({ ...statement, inForce: in_force }));
    },

    async putKeyStatement(service, { version, hash, jws, inForce }, at) {
      await tx
        .insertInto('key_statement')
        .values({ service, version, hash, jws, in_force: inForce, kept_at: new Date(at) })
        .onConflict((conflict) => conflict.columns(['service', 'hash']).doUpdateSet({ in_force: inForce }))
        .execute();
    },

    async serviceKeys(service) {
      const row = await tx
        .selectFrom('service')
        .select(['keys_version', 'signing_keys', 'revoked_keys', 'sealing_key_id', 'sealing_key'])
        .where('id', '=', service)
        .executeTakeFirst();
      if (!row) return null;
      return {
        version: row.keys_version,
        signing: raw(row.signing_keys),
        revoked: raw(row.revoked_keys),
        sealing: { id: row.sealing_key_id, publicKey: row.sealing_key },
      };
    },

    async setServiceKeys(service, { version, signing, revoked, sealing }) {
      await tx
        .updateTable('service')
        .set({
          keys_version: version,
          signing_keys: written(signing),
          revoked_keys: written(revoked),
          sealing_key_id: sealing.id,
          sealing_key: sealing.publicKey,
        })
        .where('id', '=', service)
        .execute();
    },

    async keysTold() {
      const rows = await tx
        .selectFrom('service')
        .select(['id', 'keys_told', 'keys_told_at'])
        .where('is_self', '=', false)
        .where('confirmed_at', 'is not', null)
        .where('revoked_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(({ id, keys_told, keys_told_at }) => ({
        service: id,
        version: keys_told,
        at: keys_told_at?.getTime() ?? null,
      }));
    },

    async noteKeysTold(partner, version, at) {
      await tx
        .updateTable('service')
        .set({ keys_told: version, keys_told_at: new Date(at) })
        .where('id', '=', partner)
        .execute();
    },
  };
}

type Raw = { readonly [key: KeyId]: Uint8Array };

function raw(keys: { readonly [key: KeyId]: string }): Raw {
  return Object.fromEntries(
    Object.entries(keys).map(([id, text]) => {
      const key = fromBase64url(text);
      if (!key) throw new Error('a stored key is not base64url');
      return [id, key];
    }),
  );
}

function written(keys: Raw): string {
  return JSON.stringify(Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, base64url(key)])));
}

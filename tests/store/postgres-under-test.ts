import { openPostgres, type PostgresOptions } from '#src/adapters/postgres/index.ts';
import type { Database } from '#src/ports/database.ts';
import type { StoreUnderTest } from '#src/ports/store.contract.ts';
import { base64url } from '#src/protocol/encoding.ts';

const node = { kind: 'node' } as const;

/** Either database as the contract suites want it. */
export async function postgresUnderTest(options: PostgresOptions): Promise<StoreUnderTest & { database: Database }> {
  let now = Date.now();
  const { database, store } = await openPostgres({ ...options, clock: { now: () => now } });
  return {
    database,
    store,
    setNow(to) {
      now = to;
    },
    async addService(service) {
      await database.asActor(node, async (tx) => {
        const known = await tx.selectFrom('service').select('id').where('id', '=', service.id).executeTakeFirst();
        if (known) return;
        // There is one self, and the contract has several tests
        if (service.isSelf) await tx.updateTable('service').set({ is_self: false }).execute();
        await tx
          .insertInto('service')
          .values({
            id: service.id,
            is_self: service.isSelf,
            code: service.code,
            names: JSON.stringify({ ar: service.code, fr: service.code, en: service.code }),
            url: service.url,
            inception_key: new Uint8Array(32),
            signing_keys: JSON.stringify(
              Object.fromEntries(Object.entries(service.signingKeys).map(([id, key]) => [id, base64url(key)])),
            ),
            sealing_key_id: service.sealingKey.id,
            sealing_key: service.sealingKey.publicKey,
            card: 'card',
            added_at: new Date(0),
            confirmed_at: service.confirmed ? new Date(1) : null,
            confirmed_by: null,
            revoked_at: service.revoked ? new Date(2) : null,
          })
          .execute();
      });
    },
    observe: () => observe(database),
    close: () => database.close(),
  };
}

function observe(database: Database): ReturnType<StoreUnderTest['observe']> {
  return database.asActor(node, async (tx) => {
    const ms = (date: Date | null) => date?.getTime() ?? null;
    const links = await tx.selectFrom('link').selectAll().execute();
    const releases = await tx.selectFrom('release').selectAll().execute();
    const journal = await tx.selectFrom('journal').selectAll().orderBy('seq').execute();
    return {
      contacts: links.map((row) => ({
        peer: row.peer,
        lastContactAt: ms(row.last_contact_at),
        lastFailureAt: ms(row.last_failure_at),
        lastFailure: row.last_failure,
        nextAttemptAt: ms(row.next_attempt_at),
      })),
      releases: releases.map((row) => ({
        id: row.id,
        state: row.state,
        digests: row.digests,
        deliveredAt: ms(row.delivered_at),
        readAt: ms(row.read_at),
        refusedCode: row.refused_code,
        refusedBy: row.refused_by,
      })),
      holders: await tx.selectFrom('holder').select(['hash', 'holder', 'state']).execute(),
      inboundRefusals: await tx.selectFrom('inbound_refusal').select(['peer', 'code']).execute(),
      journal: journal.map(({ act, at, actor }) => ({ act, at: at.getTime(), actor })),
    };
  });
}

import { afterAll, beforeAll, describe, it } from 'vitest';
import { storeContract } from '#src/ports/store.contract.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { databaseContract } from './database.contract.ts';
import { postgresUnderTest } from './postgres-under-test.ts';

const found = findPostgres();

if ('missing' in found) {
  it.skip(`the contracts on a PostgreSQL server: ${found.missing}`, () => undefined);
} else {
  describe('a PostgreSQL server', () => {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgresCluster();
    });
    afterAll(() => cluster.stop());

    storeContract('a PostgreSQL server', async () => postgresUnderTest(await cluster.createDatabase()));
    databaseContract('a PostgreSQL server', async () => postgresUnderTest(await cluster.createDatabase()));
  });
}

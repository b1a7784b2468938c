import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { postgresUnderTest } from '../store/postgres-under-test.ts';
import { rightsContract } from './rights.contract.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-rights-'));
afterAll(() => rm(root, { recursive: true, force: true }));

rightsContract('the embedded database', () => postgresUnderTest({ home: join(root, 'home') }));

const found = findPostgres();
if ('missing' in found) {
  it.skip(`the rights on a PostgreSQL server: ${found.missing}`, () => undefined);
} else {
  describe('a PostgreSQL server', () => {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgresCluster();
    });
    afterAll(() => cluster.stop());
    rightsContract('a PostgreSQL server', async () => postgresUnderTest(await cluster.createDatabase()));
  });
}

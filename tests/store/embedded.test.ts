import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { storeContract } from '#src/ports/store.contract.ts';
import { databaseContract } from './database.contract.ts';
import { postgresUnderTest } from './postgres-under-test.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-embedded-'));
afterAll(() => rm(root, { recursive: true, force: true }));

storeContract('the embedded database', () => postgresUnderTest({ home: join(root, 'store') }));
databaseContract('the embedded database', () => postgresUnderTest({ home: join(root, 'database') }));

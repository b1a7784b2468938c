import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccessMatrix, openMatrix } from './open-matrix.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-access-'));
let matrix: AccessMatrix;
beforeAll(async () => {
  matrix = await openMatrix(root);
});
afterAll(async () => {
  await matrix.close();
  await rm(root, { recursive: true, force: true });
});

it('[ACC-22] the rules speak of every table', async () => {
  expect([...matrix.tables].sort()).toEqual(await matrix.tablesThere());
});

it('[REL-1] [ACC-21] [ACC-22] everybody reads and writes what the rules say, row by row', async () => {
  expect(await matrix.differences()).toEqual([]);
  // Thousands of questions to a database: minutes, where the machine has other work too.
}, 600_000);

/** KEY-1: a node that is killed while its keys change comes back with the old ones or the new ones, and never between. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { quietPorts } from '../quiet-ports.ts';
import { reportInput, type Staff, staffNode } from '../server/service.ts';
import { NodeProcess, persistently } from './node-process.ts';

const killsWanted = 8;

let root: string;
let node: NodeProcess;
let staff: Staff;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tansiq-keys-'));
  node = new NodeProcess(join(root, 'node'), await quietPorts(1));
  await node.start();
  staff = await staffNode(node.url, 'atlas', [{ login: 'liaison', role: 'liaison', desks: ['liaison'] }]);
}, 300_000);
afterAll(async () => {
  await node.kill();
  await rm(root, { recursive: true, force: true });
});

it(`[KEY-1] killed ${killsWanted} times while its keys change, it loses none that it named and keeps none that it did not`, async () => {
  const administrator = await staff.as('root');
  let version = 1;
  let cutOff = 0;
  while (node.kills < killsWanted) {
    const rotate = node.kills % 2 === 0 ? administrator.rotateSigningKey : administrator.rotateSealingKey;
    const answered = rotate({ body: { reason: 'often' } }).then(
      (view) => view.version,
      () => null,
    );
    // A change takes some tens of milliseconds: the first kills fall before its commit, the last ones after it.
    await new Promise((resolve) => setTimeout(resolve, node.kills * 8));
    await node.killAndRestart();
    const confirmed = await answered;
    if (confirmed === null) cutOff++;
    const view = await persistently(() => administrator.getKeys());
    // What was answered is durable; what was cut off is there whole or not at all.
    expect(view.version).toBeGreaterThanOrEqual(confirmed ?? version);
    expect(view.version).toBeLessThanOrEqual(version + 1);
    version = view.version;

    const { card } = await administrator.ownCard();
    const read = readServiceCard(card, nodePrimitives);
    if (isRefusal(read)) throw new Error(read.code);
    expect(read.statements).toHaveLength(version - 1);
    const liaison = await staff.as('liaison');
    expect((await liaison.createReport({ body: reportInput() })).hash).toHaveLength(43);
    const current = view.keys.filter(({ state }) => state === 'current').map(({ id }) => id);
    const files = (await readdir(join(node.home, 'keys'))).filter((name) => name.endsWith('.key'));
    for (const id of current) expect(files.some((name) => name.includes(id))).toBe(true);
    const named = new Set(view.keys.map(({ id }) => id));
    expect(files.filter((name) => ![...named].some((id) => name.includes(id)))).toEqual([]);
  }
  expect(cutOff).toBeGreaterThan(0);
  await node.kill();
  const keyring = await openFileKeyring(join(node.home, 'keys'));
  expect(keyring.statements).toHaveLength(version - 1);
}, 600_000);

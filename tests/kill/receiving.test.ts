import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileKeyring, openFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { makeServiceCard } from '#src/engine/service-card.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { day, FakePeer } from '../engine/fake-peer.ts';
import { quietPorts } from '../quiet-ports.ts';
import { staffNode } from '../server/service.ts';
import { eventually, NodeProcess } from './node-process.ts';

const killsWanted = 20;

let root: string;
let node: NodeProcess;
let peer: FakePeer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tansiq-receiving-'));
  node = new NodeProcess(join(root, 'node'), await quietPorts(1));
  await node.start();
  const staff = await staffNode(node.url, 'atlas', [
    { login: 'liaison', role: 'liaison', desks: ['liaison'] },
    { login: 'director', role: 'director', desks: ['direction'] },
  ]);
  const own = await openFileKeyring(join(node.home, 'keys'));
  peer = new FakePeer(await createFileKeyring(join(root, 'peer-keys')), own.identity);
  const by = { keyring: peer.keyring, primitives: nodePrimitives, randomBytes: (n: number) => randomBytes(n) };
  const names = { ar: 'p', fr: 'p', en: 'p' };
  const card = await makeServiceCard(
    { code: 'peer', names, url: 'http://127.0.0.1:1', language: 'en' },
    by,
    Date.now(),
  );
  if (isRefusal(card)) throw new Error(card.code);
  const { spoken } = await (await staff.as('root')).addPartner({ body: { card: card.text } });
  await (await staff.as('liaison')).confirmPartner({ params: { id: card.service }, body: { spoken } });
  const agreement = await peer.agreement(day(300));
  const founding = [agreement, await peer.assent(agreement)];
  expect(await post(await peer.envelope(founding.map((r) => ({ type: 'record', sdJwt: serialiseRecord(r) }))))).toBe(
    true,
  );
  await (await staff.as('director')).assentAgreement({ params: { id: agreement.id }, body: { hash: agreement.hash } });
}, 300_000);
afterAll(async () => {
  await node.kill();
  await rm(root, { recursive: true, force: true });
});

/** True once the node has answered with its receipt; false where nothing may be concluded. */
async function post(envelope: Uint8Array): Promise<boolean> {
  try {
    const response = await fetch(`${node.url}/exchange/v1`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.tansiq.envelope' },
      body: envelope as Uint8Array<ArrayBuffer>,
    });
    if (response.status === 429) await new Promise((resolve) => setTimeout(resolve, 1_000));
    return response.ok && (await response.arrayBuffer()).byteLength > 0;
  } catch {
    return false;
  }
}

it(`[EXC-3] nothing acknowledged is lost: killed ${killsWanted} times while receiving`, async () => {
  const acknowledged: string[] = [];
  let stopped = false;
  const killer = (async () => {
    while (node.kills < killsWanted) {
      // Some way into its work, however slow the machine: at any instant of the batch after the next receipt.
      const before = acknowledged.length;
      await eventually(async () => acknowledged.length > before, 'some progress');
      await new Promise((resolve) => setTimeout(resolve, randomInt(120)));
      await node.killAndRestart();
    }
    stopped = true;
  })();
  while (!stopped) {
    const records = await Promise.all([peer.record(), peer.record(), peer.record()]);
    const batch = await peer.envelope(records.map((record) => ({ type: 'record', sdJwt: serialiseRecord(record) })));
    // At least once on the wire: the same envelope until its receipt is there.
    await eventually(() => post(batch), 'a receipt');
    acknowledged.push(...records.map(({ hash }) => hash));
  }
  await killer;
  await node.kill();

  const { store } = await openPostgres({ home: join(node.home, 'database') });
  try {
    const kept = await store.unit(async (unit) => {
      const copies: (string | null)[] = [];
      for (const hash of acknowledged) copies.push(await unit.sdJwt(hash));
      return copies.filter((copy) => copy !== null).length;
    });
    expect(acknowledged.length).toBeGreaterThan(killsWanted);
    expect(kept).toBe(acknowledged.length);
  } finally {
    await store.close();
  }
}, 600_000);

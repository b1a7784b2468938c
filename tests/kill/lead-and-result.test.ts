import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { reportInput, type Staff, staffNode } from '../server/service.ts';
import { befriend } from '../server/trust.ts';
import { eventually, freePort, NodeProcess, persistently } from './node-process.ts';

const portions = [
  'وردت معلومة عن مشتبه فيه.',
  '  سطر يبدأ بفراغين، وينتهي بتطويل ــ',
  'Il se déplace souvent.\nLigne 2.',
];
const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;

let root: string;
let nodes: readonly [NodeProcess, NodeProcess];
let staffs: readonly [Staff, Staff];
let meridianId: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tansiq-kill-'));
  nodes = [await startedNode('atlas'), await startedNode('meridian')];
  const staff = officers.map((officer) => ({ ...officer, desks: [...officer.desks] }));
  staffs = [await staffNode(nodes[0].url, 'atlas', staff), await staffNode(nodes[1].url, 'meridian', staff)];
  meridianId = (await befriend(...staffs)).other;
}, 300_000);
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await rm(root, { recursive: true, force: true });
});

async function startedNode(code: string): Promise<NodeProcess> {
  const node = new NodeProcess(join(root, code), await freePort());
  await node.start();
  return node;
}

/** Kills one node or the other at random moments, a dozen times at most: on a slow machine the story must still end. */
function killing(): { stop(): Promise<void> } {
  let stopped = false;
  const done = (async () => {
    for (let kill = 0; kill < 12 && !stopped; kill++) {
      await new Promise((resolve) => setTimeout(resolve, randomInt(20, 1_500)));
      if (!stopped) await (nodes[randomInt(2)] as NodeProcess).killAndRestart();
    }
  })();
  return {
    stop() {
      stopped = true;
      return done;
    },
  };
}

describe('a lead, its decision and its outcome', () => {
  it('[EXC-3] end the same, however often either node is killed on the way', async () => {
    const [atlas, meridian] = await Promise.all(
      staffs.map((staff) => staff.as('liaison')) as [Promise<Client>, Promise<Client>],
    );
    const kills = killing();
    const leads: string[] = [];
    for (let round = 0; round < 3; round++) leads.push(await leadAndResult(atlas, meridian));
    await kills.stop();
    expect(nodes[0].kills + nodes[1].kills).toBeGreaterThan(1);

    for (const record of leads) {
      const { deliveries, links } = await persistently(() => atlas.getRecord({ params: { id: record } }));
      expect(deliveries).toMatchObject([
        { step: 'outcome', refusal: null, decision: { decision: 'act' }, portionsWithheld: 0 },
      ]);
      expect(links.map(({ record: { kind } }) => kind).sort()).toEqual(['disposition', 'outcome']);
    }
    for (const staff of staffs) {
      const [partner] = await (await staff.as('director')).listPartners();
      expect(partner?.link.status).toBe('open');
      // One side was confirmed a moment before the other, and asks at once what the other has of it.
      expect(partner?.link.refusals.filter(({ code }) => code !== 'peer-unconfirmed')).toEqual([]);
    }
  }, 600_000);
});

/** Each step is asked for until it is answered, under one key: done once, whatever was killed. */
async function leadAndResult(atlas: Client, meridian: Client): Promise<string> {
  const keys = { lead: randomUUID(), decision: randomUUID(), outcome: randomUUID() };
  const body = reportInput({
    portions: portions.map((text) => ({ text, nature: 'fact', marking: null })),
    recipients: [meridianId],
  });
  const { record } = await persistently(() => atlas.createReport({ body }, { idempotencyKey: keys.lead }));
  const id = { params: { id: record } };
  await eventually(async () => {
    const { items } = await meridian.listInbox({ query: { view: 'waiting' } });
    return items.some((item) => item.record === record && item.reason === 'to-decide');
  }, 'the lead arrives');
  const read = await persistently(() => meridian.getRecord(id));
  expect(read.portions.map(({ text }) => text)).toEqual(portions);

  await persistently(() => meridian.decide({ ...id, body: { decision: 'act' } }, { idempotencyKey: keys.decision }));
  const outcome = { results: [{ result: 'arrests' as const, count: 1 }], text: 'أوقف رجل.', nature: 'fact' as const };
  await persistently(() => meridian.reportOutcome({ ...id, body: outcome }, { idempotencyKey: keys.outcome }));
  await eventually(async () => {
    const [delivery] = (await atlas.getRecord(id)).deliveries;
    return delivery?.step === 'outcome' && delivery.readAt !== null;
  }, 'the outcome comes back');
  return record;
}

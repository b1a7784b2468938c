import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, freePort, NodeProcess, persistently } from './node-process.ts';
import { bind, type Staff, sendLead, setUpService } from './two-services.ts';

const portions = [
  'وردت معلومة عن مشتبه فيه.',
  '  سطر يبدأ بفراغين، وينتهي بتطويل ــ',
  'Il se déplace souvent.\nLigne 2.',
];

let root: string;
let nodes: readonly [NodeProcess, NodeProcess];
let atlas: Staff;
let meridian: Staff;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tansiq-kill-'));
  nodes = [
    new NodeProcess(join(root, 'atlas'), await freePort()),
    new NodeProcess(join(root, 'meridian'), await freePort()),
  ];
  for (const node of nodes) await node.start();
  atlas = await setUpService(nodes[0], 'atlas');
  meridian = await setUpService(nodes[1], 'meridian');
  await bind(atlas, meridian);
}, 300_000);
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await rm(root, { recursive: true, force: true });
});

/** Kills one node or the other at random moments, a dozen times at most: on a slow machine the story must still end. */
function killing(): { stop(): Promise<number> } {
  let stopped = false;
  const done = (async () => {
    for (let kill = 0; kill < 12 && !stopped; kill++) {
      await new Promise((resolve) => setTimeout(resolve, randomInt(20, 1_500)));
      if (!stopped) await (nodes[randomInt(2)] as NodeProcess).killAndRestart();
    }
  })();
  return {
    async stop() {
      stopped = true;
      await done;
      return nodes[0].kills + nodes[1].kills;
    },
  };
}

describe('a lead, its decision and its outcome', () => {
  it('[EXC-3] end the same, however often either node is killed on the way', async () => {
    const kills = killing();
    const { record } = await sendLead(atlas, meridian.service, portions);
    const id = { params: { id: record } };

    const arrived = await eventually(
      async () => {
        const { items } = await meridian.liaison.listInbox({ query: { view: 'waiting' } });
        return items.find((item) => item.record === record) ?? null;
      },
      'the lead arrives',
      180,
    );
    expect(arrived.reason).toBe('to-decide');
    const read = await persistently(() => meridian.liaison.getRecord(id));
    expect(read.portions.map(({ text }) => text)).toEqual(portions);

    const decisionKey = randomUUID();
    await persistently(() =>
      meridian.liaison.decide({ ...id, body: { decision: 'act' } }, { idempotencyKey: decisionKey }),
    );
    const outcomeKey = randomUUID();
    const results = [{ result: 'arrests' as const, count: 1 }];
    await persistently(() =>
      meridian.liaison.reportOutcome(
        { ...id, body: { results, text: 'أوقف رجل.', nature: 'fact' } },
        { idempotencyKey: outcomeKey },
      ),
    );
    const delivery = await eventually(
      async () => {
        const [only] = (await atlas.liaison.getRecord(id)).deliveries;
        return only?.step === 'outcome' && only.readAt !== null ? only : null;
      },
      'the outcome comes back',
      180,
    );
    expect(await kills.stop()).toBeGreaterThan(0);

    expect(delivery).toMatchObject({ refusal: null, decision: { decision: 'act' }, portionsWithheld: 0 });
    const { links } = await persistently(() => atlas.liaison.getRecord(id));
    expect(links.map(({ record: { kind } }) => kind).sort()).toEqual(['disposition', 'outcome']);
    for (const staff of [atlas, meridian]) {
      const [partner] = await persistently(() => staff.director.listPartners());
      expect(partner?.link).toMatchObject({ status: 'open', refusals: [] });
    }
  }, 600_000);
});

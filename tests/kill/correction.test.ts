import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { reportInput, type Staff, staffNode } from '../server/service.ts';
import { befriend } from '../server/trust.ts';
import { eventually, freePort, NodeProcess, persistently } from './node-process.ts';

const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;

let root: string;
let nodes: readonly [NodeProcess, NodeProcess];
let staffs: readonly [Staff, Staff];
let meridianId: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tansiq-kill-correction-'));
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

/** Carries out one step while one node or the other is killed at some moment of it, or just after it on a fast machine. */
async function underKill<T>(carryOut: () => Promise<T>): Promise<T> {
  const kill = async () => {
    await new Promise((resolve) => setTimeout(resolve, randomInt(0, 400)));
    await (nodes[randomInt(2)] as NodeProcess).killAndRestart();
  };
  const [outcome] = await Promise.all([persistently(carryOut), kill()]);
  return outcome;
}

describe('a correction, a withdrawal and their answers', () => {
  it('[COR-1] [EXC-3] end the same, however often either node is killed on the way', async () => {
    const [atlas, meridian] = await Promise.all(
      staffs.map((staff) => staff.as('liaison')) as [Promise<Client>, Promise<Client>],
    );
    const body = reportInput({ title: 'À corriger', recipients: [meridianId] });
    const { record } = await atlas.createReport({ body }, { idempotencyKey: randomUUID() });
    const id = { params: { id: record } };
    const asked = (correction: string) =>
      eventually(
        async () => {
          const { items } = await meridian.listInbox({ query: { view: 'waiting' } });
          return items.some((item) => item.record === correction && item.reason === 'correction-due');
        },
        'the correction arrives',
        400,
      );
    await eventually(
      async () => {
        const { items } = await meridian.listInbox({ query: { view: 'arrived' } });
        return items.some((item) => item.record === record);
      },
      'the report arrives',
      400,
    );

    // Each step under one key: done once, whatever was killed.
    const keys = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
    const text = { text: 'Le départ est prévu pour vendredi.', nature: 'fact' as const, marking: null };
    const revised = await underKill(() =>
      atlas.revise(
        { ...id, body: { ...why, title: 'Corrigé', grading: null, portions: [text] } },
        { idempotencyKey: keys[0] },
      ),
    );
    await asked(revised.correction);
    const answer = { params: { id: revised.correction }, body: { answer: 'replaced' as const } };
    await underKill(() => meridian.answerCorrection(answer, { idempotencyKey: keys[1] }));
    const withdrawn = await underKill(() => atlas.withdraw({ ...id, body: why }, { idempotencyKey: keys[2] }));
    await asked(withdrawn.correction);
    const reliedOn = { answer: 'relied-on' as const, case: '2026/118', stage: 'charge' as const };
    await underKill(() =>
      meridian.answerCorrection({ params: { id: withdrawn.correction }, body: reliedOn }, { idempotencyKey: keys[3] }),
    );
    expect(nodes[0].kills + nodes[1].kills).toBe(4);

    const corrections = await eventually(
      async () => {
        const views = await atlas.listCorrections(id);
        return views.every(({ board }) => board.every((line) => line.answer)) && views;
      },
      'both answers come back',
      400,
    );
    expect(corrections.map(({ change, board }) => [change, board.map((line) => line.answer?.answer)])).toEqual([
      ['withdrawn', ['relied-on']],
      ['corrected', ['replaced']],
    ]);
    const view = await persistently(() => meridian.getRecord(id));
    expect(view).toMatchObject({ state: 'quarantined', status: 'withdrawn', title: 'Corrigé', revision: 3 });
    expect(view.revisions.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    for (const staff of staffs) {
      const [partner] = await (await staff.as('director')).listPartners();
      expect(partner?.link.status).toBe('open');
      // Before the ceremony was over on both sides, one may have asked the other.
      expect(partner?.link.refusals.filter(({ code }) => code !== 'peer-unconfirmed')).toEqual([]);
    }
  }, 1_500_000);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { reportInput } from '../server/service.ts';
import { eventually, persistently } from './node-process.ts';
import { TwoNodes } from './two-nodes.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;

let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await TwoNodes.start();
}, 300_000);
afterAll(() => nodes.stop());

describe('a correction, a withdrawal and their answers', () => {
  it('[COR-1] [EXC-3] end the same, however often either node is killed on the way', async () => {
    const [atlas, meridian] = await Promise.all(
      nodes.staffs.map((staff) => staff.as('liaison')) as [Promise<Client>, Promise<Client>],
    );
    const body = reportInput({ title: 'À corriger', recipients: [nodes.meridianId] });
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
    const revised = await nodes.underKill(() =>
      atlas.revise(
        { ...id, body: { ...why, title: 'Corrigé', grading: null, portions: [text] } },
        { idempotencyKey: keys[0] },
      ),
    );
    await asked(revised.correction);
    const answer = { params: { id: revised.correction }, body: { answer: 'replaced' as const } };
    await nodes.underKill(() => meridian.answerCorrection(answer, { idempotencyKey: keys[1] }));
    const withdrawn = await nodes.underKill(() => atlas.withdraw({ ...id, body: why }, { idempotencyKey: keys[2] }));
    await asked(withdrawn.correction);
    const reliedOn = { answer: 'relied-on' as const, case: '2026/118', stage: 'charge' as const };
    await nodes.underKill(() =>
      meridian.answerCorrection({ params: { id: withdrawn.correction }, body: reliedOn }, { idempotencyKey: keys[3] }),
    );
    expect(nodes.kills).toBe(4);

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
    await nodes.expectOpenLinks();
  }, 1_500_000);
});

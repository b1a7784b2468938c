import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { reportInput } from '../server/service.ts';
import { eventually, persistently } from './node-process.ts';
import { TwoNodes } from './two-nodes.ts';

const portions = [
  'وردت معلومة عن مشتبه فيه.',
  '  سطر يبدأ بفراغين، وينتهي بتطويل ــ',
  'Il se déplace souvent.\nLigne 2.',
];
const rounds = 3;

let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await TwoNodes.start();
}, 300_000);
afterAll(() => nodes.stop());

describe('a lead, its decision and its outcome', () => {
  it('[EXC-3] end the same, however often either node is killed on the way', async () => {
    const [atlas, meridian] = await Promise.all(
      nodes.staffs.map((staff) => staff.as('liaison')) as [Promise<Client>, Promise<Client>],
    );
    const leads: string[] = [];
    for (let round = 0; round < rounds; round++) leads.push(await leadAndResult(atlas, meridian));
    expect(nodes.kills).toBe(rounds * 3);

    for (const record of leads) {
      const { deliveries, links } = await persistently(() => atlas.getRecord({ params: { id: record } }));
      expect(deliveries).toMatchObject([
        { step: 'outcome', refusal: null, decision: { decision: 'act' }, portionsWithheld: 0 },
      ]);
      expect(links.map(({ record: { kind } }) => kind).sort()).toEqual(['disposition', 'outcome']);
    }
    await nodes.expectOpenLinks();
  }, 600_000);
});

/** Each step is asked for until it is answered, under one key: done once, whatever was killed. */
async function leadAndResult(atlas: Client, meridian: Client): Promise<string> {
  const keys = { lead: randomUUID(), decision: randomUUID(), outcome: randomUUID() };
  const body = reportInput({
    portions: portions.map((text) => ({ text, nature: 'fact', marking: null })),
    recipients: [nodes.meridianId],
  });
  const { record } = await nodes.underKill(() => atlas.createReport({ body }, { idempotencyKey: keys.lead }));
  const id = { params: { id: record } };
  await eventually(async () => {
    const { items } = await meridian.listInbox({ query: { view: 'waiting' } });
    return items.some((item) => item.record === record && item.reason === 'to-decide');
  }, 'the lead arrives');
  const read = await persistently(() => meridian.getRecord(id));
  expect(read.portions.map(({ text }) => text)).toEqual(portions);

  await nodes.underKill(() => meridian.decide({ ...id, body: { decision: 'act' } }, { idempotencyKey: keys.decision }));
  const outcome = { results: [{ result: 'arrests' as const, count: 1 }], text: 'أوقف رجل.', nature: 'fact' as const };
  await nodes.underKill(() => meridian.reportOutcome({ ...id, body: outcome }, { idempotencyKey: keys.outcome }));
  await eventually(async () => {
    const [delivery] = (await atlas.getRecord(id)).deliveries;
    return delivery?.step === 'outcome' && delivery.readAt !== null;
  }, 'the outcome comes back');
  return record;
}

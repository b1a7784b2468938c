import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from '../engine/bench-node.ts';
import { day } from '../engine/fake-peer.ts';

const secrets = {
  title: 'لقاء عند الجسر القديم',
  text: 'يصل الرسول ليلة الجمعة.',
  legalBasis: 'Loi du 12 mai, art. 7',
};
let node: BenchNode;
let admitted: string;

beforeAll(async () => {
  node = await benchNode();
  const { peer } = node;
  const agreement = await peer.agreement(day(200));
  await send([{ type: 'record', sdJwt: serialiseRecord(agreement) }]);
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
  const marking = { level: 1, compartments: [], handling: [], releasableTo: 'any' } as const;
  const said = {
    title: secrets.title,
    legalBasis: secrets.legalBasis,
    portions: [{ text: secrets.text, nature: 'fact', marking }],
    marking,
  } as const;
  const record = await peer.record(said);
  admitted = record.hash;
  const tooHigh = { ...marking, level: 4 } as const;
  await send([
    { type: 'record', sdJwt: serialiseRecord(record) },
    // Refused at the door, so that the line about it is here too.
    await peer.recordMessage({ ...said, marking: tooHigh, portions: [] }),
    await peer.recordMessage({ ...said, purpose: 'border-security' }),
  ]);
});
afterAll(() => node?.close());

async function send(messages: readonly Json[]): Promise<void> {
  const answer = await node.engine.receive(await node.peer.envelope(messages));
  if (isRefusal(answer)) throw new Error(answer.code);
}

it('[JRN-2] the journal tells what came in and what was refused, and not a word of what it said', async () => {
  const [lines, kept] = await node.database.asActor({ kind: 'node' }, async (tx) => [
    await tx.selectFrom('journal').selectAll().execute(),
    await tx.selectFrom('disclosure').select('value').where('hash', '=', admitted).execute(),
  ]);
  const acts = lines.map(({ act }) => act);
  expect(acts).toContain('record.admitted');
  expect(acts.filter((act) => act === 'record.refused')).toHaveLength(2);

  const content = JSON.stringify(kept);
  const journal = JSON.stringify(lines);
  for (const secret of [secrets.title, secrets.text]) {
    expect(content).toContain(secret);
    expect(journal).not.toContain(secret);
  }
  expect(journal).not.toContain(secrets.legalBasis);
  // What stands in for the content: the record's hash.
  expect(lines.some(({ record_hash }) => record_hash === admitted)).toBe(true);
});

/** A correction, its answer, a withdrawal and an erasure from the terminal alone, between two real nodes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CorrectionView } from '#src/features/corrections/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { passphrase, type Service } from '../server/service.ts';
import { startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { Desk } from './typed.ts';

let desk: Desk;
let north: Service;
let south: Service;
const at = (service: Service): string[] => ['--node', service.url, '--as', 'liaison'];
beforeAll(async () => {
  [north, south] = await startTogether(['north', 'south']);
  desk = await Desk.open();
  const file = await desk.file('passphrase', passphrase);
  for (const service of [north, south]) await done(['login', ...at(service), '--passphrase-file', file]);
});
afterAll(async () => {
  await north?.stop();
  await south?.stop();
  await desk?.close();
});

async function done(argv: readonly string[]): Promise<string> {
  const answered = await desk.type(argv);
  expect(answered, answered.err).toMatchObject({ code: 0 });
  return answered.out;
}
const show = (service: Service, record: string) => desk.json<RecordView>(['show', record, ...at(service)]);
const why = ['--ground', 'factual-error', '--explanation', 'The day was wrong.'];

it('[COR-1] [COR-2] [COR-4] corrects, withdraws and erases, answers, and shows the board', async () => {
  const text = await desk.file('lead.txt', 'A departure\n\nIt is on Thursday.');
  const send = ['send', text, '--to', 'south', '--grading', 'B2', '--level', '1', '--text-language', 'en', '--yes'];
  const { record } = await desk.json<{ record: string }>([...send, ...at(north)]);
  await until(async () => ((await desk.type(['show', record, ...at(south)])).code === 0 ? true : undefined));

  const corrected = await desk.file('corrected.txt', 'A departure\n\nIt is on Friday.');
  const correct = ['correct', record, corrected, ...at(north)];
  expect((await desk.type(correct)).err).toContain('--ground');
  expect((await desk.type([...correct, ...why, '--respond-by', 'soon'])).code).toBe(2);
  const first = await desk.json<{ correction: string }>([...correct, ...why, '--nature', 'fact']);
  await until(async () => ((await show(south, record)).revision === 2 ? true : undefined));
  expect((await show(south, record)).portions.map((portion) => portion.text)).toContain('It is on Friday.');
  expect(await done(['inbox', ...at(south)])).toContain('correction: answer due');

  const answer = ['answer-correction', first.correction, ...at(south), '--answer'];
  expect(await desk.json([...answer, 'relied-on'])).toMatchObject({ code: 'input-invalid', at: '/case' });
  await done([...answer, 'relied-on', '--case', '2026/7', '--stage', 'trial']);
  const board = await until(async () => {
    const lines = await done(['board', record, ...at(north)]);
    return lines.includes('2026/7') ? lines : undefined;
  });
  expect(board).toMatch(/Record corrected — Factual error/);
  expect(board).toMatch(/south \(south\)/);
  expect(board).toMatch(/Relied on in a case — 2026\/7 — Trial/);

  const withdrawn = await desk.json<{ correction: string }>(['withdraw', record, ...why, '--yes', ...at(north)]);
  await until(async () => ((await show(south, record)).state === 'quarantined' ? true : undefined));
  const erased = await desk.json<{ correction: string }>(['erase', record, ...why, '--yes', ...at(north)]);
  expect((await show(north, record)).portions).toEqual([]);
  await until(async () => {
    const views = await desk.json<CorrectionView[]>(['board', record, ...at(south)]);
    return views[0]?.change === 'erased' ? true : undefined;
  });
  await done(['answer-correction', erased.correction, '--answer', 'erased', ...at(south)]);
  expect((await show(south, record)).portions).toEqual([]);
  const views = await desk.json<CorrectionView[]>(['board', record, ...at(north)]);
  expect(views.map(({ correction }) => correction)).toEqual([
    erased.correction,
    withdrawn.correction,
    first.correction,
  ]);
  expect(await done(['board', withdrawn.correction, ...at(north)])).toContain('no answer');
});

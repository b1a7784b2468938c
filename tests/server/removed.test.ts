/** COR-3: what hangs on a record that is taken back is closed with it, at both services, and nothing waits for ever. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { refusalOf } from './chain.ts';
import { reportInput } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;
const marking = { level: 1 as const, compartments: [], handling: [{ code: 'H2' as const }], releasableTo: null };

let atlas: Neighbour;
let meridian: Neighbour;
let author: Client;
let reader: Client;
let chief: Client;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
  [author, reader, chief] = await Promise.all([atlas.as('liaison'), meridian.as('liaison'), atlas.as('director')]);
});
afterAll(() => Promise.all([atlas?.stop(), meridian?.stop()]));

const waiting = async (client: Client) => (await client.listInbox({ query: { view: 'waiting', limit: 200 } })).items;
const reasonOf = async (client: Client, record: string) =>
  (await waiting(client)).find((item) => item.record === record)?.reason;
const waits = (client: Client, record: string, reason: string) =>
  until(async () => ((await reasonOf(client, record)) === reason ? true : undefined));
const removals = ['withdraw', 'erase'] as const;
type Removal = (typeof removals)[number];
const remove = (how: Removal, id: string) => author[how]({ params: { id }, body: why });

async function held(): Promise<string> {
  const body = reportInput({ recipients: [meridian.id], marking });
  const { record } = await author.createReport({ body });
  await waits(reader, record, 'to-decide');
  return record;
}

/** The correction that says so has come, and the record itself waits for nothing. */
async function isTaken(record: string, correction: string): Promise<void> {
  await waits(reader, correction, 'correction-due');
  expect(await reasonOf(reader, record)).toBeUndefined();
}

describe.each(removals)('[COR-3] what hangs on a record is closed with it: %s', (how) => {
  test('a decision that was owed', async () => {
    const record = await held();
    const { correction } = await remove(how, record);
    await isTaken(record, correction);
    const decided = reader.decide({ params: { id: record }, body: { decision: 'act' } });
    expect(await refusalOf(decided)).toBe('record-withdrawn');
    const permission = { use: 'judicial', onwardTo: null, purpose: null, portions: null, until: null } as const;
    const asked = reader.askPermission({ params: { id: record }, body: { ...permission, reason: 'Pour le juge.' } });
    expect(await refusalOf(asked)).toBe('record-withdrawn');
  });

  test('a result that was owed', async () => {
    const record = await held();
    await reader.decide({ params: { id: record }, body: { decision: 'act' } });
    await waits(reader, record, 'outcome-due');
    const { correction } = await remove(how, record);
    await isTaken(record, correction);
    const outcome = {
      results: [{ result: 'none-yet' as const, count: null }],
      text: 'Rien encore.',
      nature: 'fact' as const,
    };
    const reported = reader.reportOutcome({ params: { id: record }, body: outcome });
    expect(await refusalOf(reported)).toBe('record-withdrawn');
  });

  test('a permission that was asked', async () => {
    const record = await held();
    const asked = await reader.askPermission({
      params: { id: record },
      body: { use: 'judicial', onwardTo: null, purpose: null, portions: null, reason: 'Pour le juge.', until: null },
    });
    await waits(chief, asked.record, 'permission-asked');
    const { correction } = await remove(how, record);
    await isTaken(record, correction);
    await until(async () => ((await reasonOf(chief, asked.record)) === undefined ? true : undefined));
    const views = await reader.listPermissions({ params: { id: record } });
    expect(views.map(({ state }) => state)).toEqual(['closed']);
  });

  test('a question, which its asker takes back', async () => {
    const { record } = await author.createRequest({
      body: {
        language: 'fr',
        title: 'Vérification',
        question: 'Est-il entré ?',
        reasons: 'Un départ est annoncé.',
        urgency: 'routine',
        respondBy: new Date(Date.now() + 86_400_000).toISOString(),
        intendedUse: null,
        marking,
        purpose: 'terrorism-prevention',
        legalBasis: 'Article 5',
        recipients: [meridian.id],
      },
    });
    await waits(reader, record, 'answer-due');
    const { correction } = await remove(how, record);
    await isTaken(record, correction);
    for (const [client, direction] of [[reader, 'to-us'] as const, [author, 'ours'] as const]) {
      const { items } = await client.listRequests({ query: { direction, state: 'open', limit: 200 } });
      expect(items.map((item) => item.record)).not.toContain(record);
    }
    const answered = reader.answerRequest({
      params: { id: record },
      body: { answer: 'no-information', marking: null },
    });
    expect(await refusalOf(answered)).toBe('record-withdrawn');
  });
});

test('[COR-2] an earlier correction waits no more once a later one speaks of the same record', async () => {
  const record = await held();
  const first = await author.withdraw({ params: { id: record }, body: why });
  await waits(reader, first.correction, 'correction-due');
  const last = await author.erase({ params: { id: record }, body: why });
  await waits(reader, last.correction, 'correction-due');
  expect(await reasonOf(reader, first.correction)).toBeUndefined();
  const views = await reader.listCorrections({ params: { id: record } });
  expect(views.map(({ superseded, allowed }) => [superseded, allowed])).toEqual([
    [false, ['answer']],
    [true, []],
  ]);
  const late = reader.answerCorrection({ params: { id: first.correction }, body: { answer: 'quarantined' } });
  expect(await refusalOf(late)).toBe('revision-superseded');
  await reader.answerCorrection({ params: { id: last.correction }, body: { answer: 'erased' } });
  expect(
    (await waiting(reader)).filter(({ record: item }) => [first.correction, last.correction].includes(item)),
  ).toEqual([]);
  await until(async () => {
    const [newest] = await author.listCorrections({ params: { id: record } });
    return newest?.board[0]?.answer ?? undefined;
  });
  const [, earlier] = await author.listCorrections({ params: { id: record } });
  expect(earlier).toMatchObject({ correction: first.correction, superseded: true, allowed: [] });
  expect(earlier?.board.some(({ overdue }) => overdue)).toBe(false);
  const again = author.remindOfCorrection({ params: { id: first.correction } });
  expect(await refusalOf(again)).toBe('revision-superseded');
});

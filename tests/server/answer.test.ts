/** What an answer needs, whose it is to give, and who sees it. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnswerInput } from '#src/features/requests/contract.ts';
import {
  answer,
  answerInput,
  arrived,
  ask,
  atAsker,
  atlas,
  informing,
  lineOf,
  meridian,
  refusedAs,
  setUpAsking,
  viewAt,
} from './asking.ts';
import { problem } from './service.ts';

setUpAsking();

describe('an answer', () => {
  let record: string;
  beforeAll(async () => {
    record = await ask();
    await arrived(record);
  });

  test.each<[string, Partial<AnswerInput>, { code: string; at: string }]>([
    ['a refusal without ground', { answer: 'refused' }, { code: 'answer-incomplete', at: '/ground' }],
    [
      'a ground without refusal',
      { ...informing, ground: 'minor-offence' },
      { code: 'answer-incomplete', at: '/ground' },
    ],
    ['information without text', { grading: informing.grading }, { code: 'answer-incomplete', at: '/text' }],
    [
      'a question back without words',
      { answer: 'clarification-needed', text: ' ' },
      { code: 'answer-incomplete', at: '/text' },
    ],
    ['a rest of a full answer', { ...informing, restBy: '2030-01-01' }, { code: 'answer-incomplete', at: '/restBy' }],
    [
      'a grade on nothing',
      { answer: 'no-information', grading: informing.grading },
      { code: 'answer-incomplete', at: '/grading' },
    ],
    [
      '[ACC-05] text that is neither',
      { text: 'Oui', grading: informing.grading },
      { code: 'record-portion-nature-missing', at: '/nature' },
    ],
    [
      '[ACC-01] information without grading',
      { text: 'Oui', nature: 'fact' },
      { code: 'record-grading-missing', at: '/grading' },
    ],
  ])('[REQ-2] %s is refused', async (_, changes, refusal) => {
    expect(await refusedAs(meridian, 'liaison', `/api/requests/${record}/answers`, answerInput(changes))).toMatchObject(
      refusal,
    );
    expect(lineOf(await viewAt(meridian, record)).answers).toEqual([]);
  });

  test('[REQ-2] is the recipient’s to give, by an officer whose role allows it', async () => {
    const path = `/api/requests/${record}/answers`;
    const body = answerInput({ ...informing });
    expect(await refusedAs(meridian, 'analyst', path, body)).toMatchObject({ code: 'not-allowed' });
    expect(await refusedAs(atlas, 'liaison', path, body)).toMatchObject({ code: 'not-allowed' });
    expect(await refusedAs(meridian, 'liaison', `/api/requests/${record}/clarification`, { text: 'x' })).toMatchObject({
      code: 'not-allowed',
    });
    expect((await viewAt(meridian, record, 'analyst')).allowed).toEqual([]);
  });

  test('[ACC-12] of a question that the officer may not see is refused as if it were not there', async () => {
    for (const login of ['judicial', 'oversight', 'root']) {
      const token = await meridian.token(login);
      const read = (id: string) =>
        fetch(`${meridian.url}/api/requests/${id}`, { headers: { authorization: `Bearer ${token}` } });
      const absent = await problem(await read('01900000-0000-7000-8000-000000000000'));
      expect({ ...(await problem(await read(record))), requestId: '' }).toEqual({ ...absent, requestId: '' });
      const { items: listed } = await (await meridian.as(login)).listRequests({
        query: { direction: 'to-us', state: 'open' },
      });
      expect(listed.map((one) => one.record)).not.toContain(record);
    }
    const path = `/api/requests/${record}/answers`;
    expect(await refusedAs(meridian, 'judicial', path, answerInput({ ...informing }))).toMatchObject({ status: 404 });
    // It is there all the same.
    expect((await viewAt(meridian, record)).record).toBe(record);
  });

  test('[MRK-1] marked higher than its question is seen by those alone who may see it, and the clock with it', async () => {
    const secret = { level: 2 as const, compartments: [], handling: [{ code: 'H1' as const }], releasableTo: null };
    const made = await answer(record, { ...informing, marking: secret });
    const view = await atAsker(record, ({ clock }) => clock.state === 'answered');
    expect(lineOf(view).answers.map((one) => one.record)).toEqual([made.record]);
    const { marking, portions, grading } = await (await atlas.as('liaison')).getRecord({ params: { id: made.record } });
    expect(grading).toEqual(informing.grading);
    expect(marking.handling.map(({ code, originator }) => [code, originator.code])).toEqual(
      expect.arrayContaining([
        ['H1', 'meridian'],
        ['H2', 'atlas'],
      ]),
    );
    expect(portions.map(({ text }) => text)).toEqual([informing.text]);
    // The junior officer is cleared for the question, not for its answer.
    expect(lineOf(await viewAt(atlas, record, 'junior'))).toMatchObject({ answers: [], clock: { state: 'running' } });
    const hidden = await fetch(`${atlas.url}/api/records/${made.record}`, {
      headers: { authorization: `Bearer ${await atlas.token('junior')}` },
    });
    expect(hidden.status).toBe(404);
  });

  test('[EXC-2] sent twice with one key is given once', async () => {
    const twice = await ask({ title: 'Une autre question' });
    await arrived(twice);
    const client = await meridian.as('liaison');
    const input = { params: { id: twice }, body: answerInput({ answer: 'no-information' as const }) };
    const first = await client.answerRequest(input, { idempotencyKey: 'one' });
    expect(await client.answerRequest(input, { idempotencyKey: 'one' })).toEqual(first);
    expect(lineOf(await viewAt(meridian, twice)).answers).toHaveLength(1);
  });
});

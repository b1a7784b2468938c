/** A question and its answers between whole nodes whose clocks the test moves: what each side sees, and what the officers may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import type { Client } from '#src/features/client.ts';
import type { InboxItem } from '#src/features/inbox/contract.ts';
import type { AnswerInput, RequestInput, RequestView } from '#src/features/requests/contract.ts';
import { post, problem, type Service, startService } from './service.ts';
import { befriend, until } from './trust.ts';

const hourMs = 3_600_000;
const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  { login: 'analyst', role: 'analyst', desks: ['liaison'] },
  { login: 'junior', role: 'liaison', desks: ['liaison'], clearance: 1 },
  { login: 'elsewhere', role: 'case-officer', desks: ['judicial'] },
  { login: 'overseer', role: 'oversight', desks: [] },
] as const;

/** One moment for both services, so that a test moves it for both. */
const clock = settableClock(systemClock);
const pass = (hours: number) => clock.set(clock.now() + hours * hourMs);

let atlas: Service;
let meridian: Service;
let ids: { one: string; other: string };
beforeAll(async () => {
  const staff = officers.map((one) => ({ ...one, desks: [...one.desks] }));
  [atlas, meridian] = await Promise.all([
    startService('atlas', staff, { clock }),
    startService('meridian', staff, { clock }),
  ]);
  ids = await befriend(atlas, meridian);
});
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

const requestInput = (changes: Partial<RequestInput> = {}): RequestInput => ({
  language: 'fr',
  title: 'Vérification d’un déplacement',
  question: 'La personne est-elle entrée sur votre territoire ?',
  reasons: 'Un départ est annoncé.',
  urgency: 'urgent',
  urgencyReason: 'Le départ est proche.',
  respondBy: new Date(clock.now() + 8 * hourMs).toISOString(),
  intendedUse: null,
  marking: { level: 1, compartments: [], handling: [{ code: 'H2' }], releasableTo: [ids.other] },
  purpose: 'terrorism-prevention',
  legalBasis: 'Article 5',
  recipients: [ids.other],
  ...changes,
});
const answerInput = (changes: Partial<AnswerInput>): AnswerInput => ({ answer: 'full', marking: null, ...changes });
const informing = {
  text: 'Oui, mardi, par la route.',
  nature: 'fact',
  grading: { source: 'B', information: '2' },
} as const;

const ask = async (changes: Partial<RequestInput> = {}) =>
  (await (await atlas.as('liaison')).createRequest({ body: requestInput(changes) })).record;
const viewAt = async (service: Service, record: string, login = 'liaison') =>
  (await service.as(login)).getRequest({ params: { id: record } });
const arrived = (record: string) =>
  until(async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
const answer = async (record: string, changes: Partial<AnswerInput>, login = 'liaison') =>
  (await meridian.as(login)).answerRequest({ params: { id: record }, body: answerInput(changes) });
const lineOf = (view: RequestView) => {
  const [line] = view.lines;
  if (line === undefined) throw new Error('a request without a line');
  return line;
};
/** Until the asker's side shows it. */
const atAsker = (record: string, is: (line: RequestView['lines'][number]) => boolean) =>
  until(async () => {
    const view = await viewAt(atlas, record);
    return view.lines[0] && is(view.lines[0]) ? view : undefined;
  });
const reasonOf = async (client: Client, record: string): Promise<InboxItem['reason'] | undefined> => {
  const { items } = await client.listInbox({ query: { view: 'waiting' } });
  return items.find((item) => item.record === record)?.reason;
};
const refusedAs = async (service: Service, login: string, path: string, body: unknown) =>
  problem(await post(service.url, path, body, { authorization: `Bearer ${await service.token(login)}` }));

describe('a question that needs clarification', () => {
  let record: string;

  test('[REQ-1] arrives with its clock running on both sides', async () => {
    record = await ask();
    expect(await arrived(record)).toMatchObject({ kind: 'request', reason: 'answer-due', urgency: 'urgent' });
    const asked = await viewAt(meridian, record);
    expect(asked).toMatchObject({ ours: false, origin: { code: 'atlas' }, allowed: ['answer'] });
    expect(lineOf(asked)).toMatchObject({ service: { code: 'meridian' }, answers: [] });
    const view = await atAsker(record, ({ clock }) => clock.startedAt !== null);
    expect(view).toMatchObject({ ours: true, allowed: ['clarify'] });
    for (const { clock } of [lineOf(asked), lineOf(view)]) {
      expect(clock).toMatchObject({ state: 'running', pausedMs: 0, inTime: null, endedAt: null });
      expect(clock.dueAt).toBe(view.respondBy);
    }
    const { portions, body } = await (await meridian.as('liaison')).getRecord({ params: { id: record } });
    expect(portions.map(({ text }) => text)).toEqual([requestInput().question, requestInput().reasons]);
    expect(body).toMatchObject({ urgency: 'urgent', urgencyReason: 'Le départ est proche.' });
  });

  test('[REQ-3] waits without counting while the clarification is awaited, however long', async () => {
    pass(2);
    await answer(record, { answer: 'clarification-needed', text: 'Quelle personne ?', nature: 'assessment' });
    const view = await atAsker(record, ({ answers }) => answers.length === 1);
    expect(lineOf(view)).toMatchObject({ answers: [{ answer: 'clarification-needed' }], clock: { state: 'paused' } });
    expect(await reasonOf(await atlas.as('liaison'), record)).toBe('clarification-wanted');
    expect(await reasonOf(await meridian.as('liaison'), record)).toBeUndefined();
    pass(50);
    for (const service of [atlas, meridian]) {
      const { clock } = lineOf(await viewAt(service, record));
      expect(clock).toMatchObject({ state: 'paused', inTime: null });
      expect(Math.round((clock.takenMs ?? 0) / hourMs)).toBe(2);
    }
  });

  test('[REQ-3] runs on with the clarification, a next revision that still says what was asked', async () => {
    const analyst = await atlas.as('analyst');
    const made = await analyst.clarifyRequest({ params: { id: record }, body: { text: 'Celle du 3 mars.' } });
    expect(made.record).toBe(record);
    const reader = await meridian.as('liaison');
    const clarified = await until(async () => {
      const view = await reader.getRecord({ params: { id: record } });
      return view.revision === 2 ? view : undefined;
    });
    expect(clarified.portions.map(({ text }) => text)).toEqual([
      requestInput().question,
      requestInput().reasons,
      'Celle du 3 mars.',
    ]);
    expect(clarified.body).toMatchObject({ clarification: 1 });
    await atAsker(record, ({ clock }) => clock.state === 'running');
    for (const service of [atlas, meridian]) {
      const view = await viewAt(service, record);
      const { clock } = lineOf(view);
      expect(clock.state).toBe('running');
      expect(Math.round(clock.pausedMs / hourMs)).toBe(50);
      expect(Date.parse(clock.dueAt) - Date.parse(view.respondBy)).toBe(clock.pausedMs);
    }
    expect(await reasonOf(reader, record)).toBe('answer-due');
  });

  test('[REQ-2] is answered in part, then in full, and in time', async () => {
    pass(1);
    const restBy = new Date(clock.now() + 72 * hourMs).toISOString().slice(0, 10);
    await answer(record, { answer: 'partial', restBy, ...informing });
    expect(lineOf(await viewAt(meridian, record)).clock).toMatchObject({ state: 'running', endedAt: null });
    pass(1);
    await answer(record, { answer: 'full', ...informing });
    const view = await atAsker(record, ({ clock }) => clock.endedAt !== null);
    expect(lineOf(view).answers.map((one) => one.answer)).toEqual(['clarification-needed', 'partial', 'full']);
    expect(lineOf(view).answers[1]?.restBy).toBe(restBy);
    for (const service of [atlas, meridian]) {
      const { clock } = lineOf(await viewAt(service, record));
      expect(clock).toMatchObject({ state: 'answered', inTime: true });
      expect(Math.round((clock.takenMs ?? 0) / hourMs)).toBe(4);
      expect((await viewAt(service, record)).allowed).toEqual([]);
    }
    const { items } = await (await atlas.as('liaison')).listInbox({ query: { view: 'waiting' } });
    const answers = items.filter(({ kind }) => kind === 'answer');
    expect(answers.map(({ reason }) => reason)).toEqual(['answer-arrived', 'answer-arrived', 'answer-arrived']);
  });

  test('[REQ-2] is closed then: neither answered nor clarified again, and listed as closed', async () => {
    const path = `/api/requests/${record}`;
    expect(await refusedAs(meridian, 'liaison', `${path}/answers`, answerInput({ ...informing }))).toMatchObject({
      code: 'request-closed',
      rule: 'REQ-2',
    });
    expect(await refusedAs(atlas, 'liaison', `${path}/clarification`, { text: 'Encore' })).toMatchObject({
      code: 'request-closed',
    });
    for (const [service, direction] of [[atlas, 'ours'] as const, [meridian, 'to-us'] as const]) {
      const client = await service.as('liaison');
      const listed = async (state: 'open' | 'closed') =>
        (await client.listRequests({ query: { direction, state } })).map((one) => one.record);
      expect(await listed('closed')).toContain(record);
      expect(await listed('open')).not.toContain(record);
      const other = direction === 'ours' ? 'to-us' : 'ours';
      const elsewhere = await client.listRequests({ query: { direction: other, state: 'closed' } });
      expect(elsewhere.map((one) => one.record)).not.toContain(record);
    }
  });
});

describe('a deadline', () => {
  test('[REQ-3] passes on both sides, which are both reminded, until a refusal with its ground ends it', async () => {
    const record = await ask();
    await arrived(record);
    await atAsker(record, ({ clock }) => clock.startedAt !== null);
    pass(9);
    expect(await reasonOf(await meridian.as('liaison'), record)).toBe('answer-overdue');
    expect(await reasonOf(await atlas.as('liaison'), record)).toBe('answer-awaited-overdue');
    // Whose role cannot answer is not reminded to; whose role asks is.
    expect(await reasonOf(await meridian.as('analyst'), record)).toBeUndefined();
    expect(await reasonOf(await atlas.as('analyst'), record)).toBe('answer-awaited-overdue');
    await answer(record, { answer: 'refused', ground: 'ongoing-investigation' });
    const view = await atAsker(record, ({ clock }) => clock.endedAt !== null);
    expect(lineOf(view)).toMatchObject({
      clock: { state: 'refused', inTime: false },
      answers: [{ answer: 'refused', ground: 'ongoing-investigation' }],
    });
    expect(await reasonOf(await atlas.as('liaison'), record)).toBeUndefined();
    expect(await reasonOf(await meridian.as('liaison'), record)).toBeUndefined();
  });

  test('[REQ-1] lies ahead, within a year; and urgency has its reason', async () => {
    const refused = (changes: Partial<RequestInput>) =>
      refusedAs(atlas, 'liaison', '/api/requests', requestInput(changes));
    for (const respondBy of [
      new Date(clock.now() - hourMs).toISOString(),
      new Date(clock.now() + 400 * 24 * hourMs).toISOString(),
      '2030-13-45Tnoon',
    ]) {
      expect(await refused({ respondBy })).toMatchObject({ code: 'request-deadline-invalid', rule: 'REQ-1' });
    }
    expect(await refused({ urgencyReason: ' ' })).toMatchObject({ code: 'reason-missing', at: '/urgencyReason' });
    expect(await refused({ recipients: ['A'.repeat(43)] })).toMatchObject({ code: 'peer-unknown' });
    const secret = { level: 3 as const, compartments: [], handling: [], releasableTo: null };
    expect(await refused({ marking: secret })).toMatchObject({ code: 'above-own-clearance' });
  });
});

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
    for (const login of ['elsewhere', 'overseer', 'root']) {
      const token = await meridian.token(login);
      const read = (id: string) =>
        fetch(`${meridian.url}/api/requests/${id}`, { headers: { authorization: `Bearer ${token}` } });
      const absent = await problem(await read('01900000-0000-7000-8000-000000000000'));
      expect({ ...(await problem(await read(record))), requestId: '' }).toEqual({ ...absent, requestId: '' });
      const listed = await (await meridian.as(login)).listRequests({ query: { direction: 'to-us', state: 'open' } });
      expect(listed.map((one) => one.record)).not.toContain(record);
    }
    const path = `/api/requests/${record}/answers`;
    expect(await refusedAs(meridian, 'elsewhere', path, answerInput({ ...informing }))).toMatchObject({ status: 404 });
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

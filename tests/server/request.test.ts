/** A question and its answers between whole nodes: what each side sees while the clock runs, stands and passes. */
import { describe, expect, test } from 'vitest';
import type { RequestInput } from '#src/features/requests/contract.ts';
import {
  answer,
  answerInput,
  arrived,
  ask,
  atAsker,
  atlas,
  clock,
  hourMs,
  informing,
  lineOf,
  meridian,
  pass,
  reasonOf,
  refusedAs,
  requestInput,
  setUpAsking,
  viewAt,
} from './asking.ts';
import type { Service } from './service.ts';
import { until } from './trust.ts';

setUpAsking();

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
    const seen = await Promise.all([atlas, meridian].map(async (at) => (await at.as('liaison')).listPartners()));
    expect(seen.map(([partner]) => partner?.exchanged)).toEqual([
      { given: 0, received: 3 },
      { given: 3, received: 0 },
    ]);
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
        (await client.listRequests({ query: { direction, state } })).items.map((one) => one.record);
      expect(await listed('closed')).toContain(record);
      expect(await listed('open')).not.toContain(record);
      const other = direction === 'ours' ? 'to-us' : 'ours';
      const { items: elsewhere } = await client.listRequests({ query: { direction: other, state: 'closed' } });
      expect(elsewhere.map((one) => one.record)).not.toContain(record);
    }
  });
});

describe('a deadline', () => {
  test('[REQ-3] that passed reproaches nobody before the day on which the rest of a partial answer was promised', async () => {
    const record = await ask();
    await arrived(record);
    await atAsker(record, ({ clock }) => clock.startedAt !== null);
    pass(9);
    const restBy = new Date(clock.now() + 72 * hourMs).toISOString().slice(0, 10);
    await answer(record, { answer: 'partial', restBy, ...informing });
    await atAsker(record, ({ answers }) => answers.length > 0);
    expect(await reasonOf(await meridian.as('liaison'), record)).toBe('answer-due');
    expect(await reasonOf(await atlas.as('liaison'), record)).toBeUndefined();
    pass(96);
    expect(await reasonOf(await meridian.as('liaison'), record)).toBe('answer-overdue');
    expect(await reasonOf(await atlas.as('liaison'), record)).toBe('answer-awaited-overdue');
  });

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

describe('a question that its author corrects', () => {
  const why = { ground: 'factual-error', explanation: 'Une erreur.', respondBy: '2090-01-01' } as const;

  test('[REQ-3] [MRK-1] is clarified only by whoever can read all of it', async () => {
    const record = await ask();
    await arrived(record);
    const higher = { level: 2 as const, compartments: [], handling: [], releasableTo: null };
    const assessed = (text: string) => ({ text, nature: 'assessment' as const, marking: null });
    await (await atlas.as('director')).revise({
      params: { id: record },
      body: {
        ...why,
        title: 'Question corrigée',
        grading: null,
        portions: [assessed('Qui ?'), assessed('Parce que.'), { ...assessed('La source.'), marking: higher }],
      },
    });
    const path = `/api/requests/${record}/clarification`;
    expect(await refusedAs(atlas, 'junior', path, { text: 'Sans la source' })).toMatchObject({
      code: 'above-own-clearance',
      at: '/portions',
    });
    const reader = await atlas.as('liaison');
    await reader.clarifyRequest({ params: { id: record }, body: { text: 'Avec elle.' } });
    const { portions, revision } = await reader.getRecord({ params: { id: record } });
    expect(revision).toBe(3);
    expect(portions.map(({ text }) => text)).toEqual(['Qui ?', 'Parce que.', 'La source.', 'Avec elle.']);
  });

  test('[REQ-3] [COR-3] is owed no answer once it is withdrawn', async () => {
    const record = await ask();
    await arrived(record);
    expect(await reasonOf(await meridian.as('liaison'), record)).toBe('answer-due');
    await (await atlas.as('director')).withdraw({ params: { id: record }, body: why });
    const lists = async (service: Service, direction: 'ours' | 'to-us') =>
      (await (await service.as('liaison')).listRequests({ query: { direction, state: 'open' } })).items.map(
        (one) => one.record,
      );
    await until(async () => ((await lists(meridian, 'to-us')).includes(record) ? undefined : true));
    expect(await lists(atlas, 'ours')).not.toContain(record);
    const path = `/api/requests/${record}/answers`;
    expect(await refusedAs(meridian, 'liaison', path, answerInput({ answer: 'no-information' }))).toMatchObject({
      code: 'record-withdrawn',
    });
  });
});

/** One question to two partners: each has its own clock, and neither learns of the other's answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import type { RequestView } from '#src/features/requests/contract.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

const hourMs = 3_600_000;
const clock = settableClock(systemClock);

let atlas: Neighbour;
let meridian: Neighbour;
let sahara: Neighbour;
let record: string;
beforeAll(async () => {
  [meridian, atlas, sahara] = await startTogether(['meridian', 'atlas', 'sahara'], { clock });
  const made = await (await atlas.as('liaison')).createRequest({
    body: {
      language: 'fr',
      title: 'Question à deux services',
      question: 'Qui ?',
      reasons: 'Parce que.',
      urgency: 'routine',
      respondBy: new Date(clock.now() + 8 * hourMs).toISOString(),
      intendedUse: 'judicial',
      marking: { level: 1, compartments: [], handling: [], releasableTo: null },
      purpose: 'terrorism-prevention',
      legalBasis: 'Article 5',
      recipients: [meridian.id, sahara.id],
    },
  });
  record = made.record;
});
afterAll(async () => {
  for (const service of [atlas, meridian, sahara]) await service?.stop();
});

const viewAt = async (service: Neighbour) => (await service.as('liaison')).getRequest({ params: { id: record } });
const lineOf = (view: RequestView, code: string) => view.lines.find(({ service }) => service.code === code);
const asked = (is: (view: RequestView) => boolean) =>
  until(async () => {
    const view = await viewAt(atlas);
    return is(view) ? view : undefined;
  });
const waits = async (service: Neighbour) => {
  const { items } = await (await service.as('liaison')).listInbox({ query: { view: 'waiting' } });
  return items.find((item) => item.record === record)?.reason;
};

describe('a question to two partners', () => {
  test('[REQ-3] pauses only for the one that asks back, and its clarification reaches both', async () => {
    await asked(({ lines }) => lines.length === 2 && lines.every((line) => line.clock.startedAt !== null));
    clock.set(clock.now() + hourMs);
    await (await meridian.as('liaison')).answerRequest({
      params: { id: record },
      body: { answer: 'clarification-needed', text: 'Laquelle ?', nature: 'assessment', marking: null },
    });
    await asked((view) => lineOf(view, 'meridian')?.clock.state === 'paused');
    clock.set(clock.now() + 4 * hourMs);
    expect(lineOf(await viewAt(atlas), 'sahara')?.clock).toMatchObject({ state: 'running', pausedMs: 0 });
    await (await atlas.as('liaison')).clarifyRequest({ params: { id: record }, body: { text: 'La première.' } });
    for (const service of [meridian, sahara]) {
      await until(async () => {
        const { revision } = await (await service.as('liaison')).getRecord({ params: { id: record } });
        return revision === 2 ? true : undefined;
      });
    }
    const view = await asked((now) => lineOf(now, 'meridian')?.clock.state === 'running');
    const hours = (code: string) => Math.round((lineOf(view, code)?.clock.pausedMs ?? Number.NaN) / hourMs);
    expect([hours('meridian'), hours('sahara')]).toEqual([4, 0]);
  });

  test('[REQ-2] is open until both have answered for good; each sees its own part alone', async () => {
    const made = await (await sahara.as('liaison')).answerRequest({
      params: { id: record },
      body: { answer: 'no-information', marking: null },
    });
    const view = await asked((now) => lineOf(now, 'sahara')?.clock.state === 'answered');
    expect(view.allowed).toEqual(['clarify']);
    expect((await viewAt(meridian)).lines).toMatchObject([
      { service: { code: 'meridian' }, answers: [{ answer: 'clarification-needed' }] },
    ]);
    const elsewhere = await fetch(`${meridian.url}/api/records/${made.record}`, {
      headers: { authorization: `Bearer ${await meridian.token('liaison')}` },
    });
    expect(elsewhere.status).toBe(404);
    expect((await (await atlas.as('liaison')).getRecord({ params: { id: made.record } })).kind).toBe('answer');
  });

  test('[REQ-3] is overdue for one and answered by the other, who is reminded of nothing any more', async () => {
    clock.set(clock.now() + 12 * hourMs);
    const view = await viewAt(atlas);
    expect(lineOf(view, 'meridian')?.clock).toMatchObject({ state: 'overdue', inTime: false });
    expect(lineOf(view, 'sahara')?.clock).toMatchObject({ state: 'answered', inTime: true });
    expect([await waits(atlas), await waits(meridian), await waits(sahara)]).toEqual([
      'answer-awaited-overdue',
      'answer-overdue',
      undefined,
    ]);
    const { items: open } = await (await atlas.as('liaison')).listRequests({
      query: { direction: 'ours', state: 'open' },
    });
    expect(open.map((one) => one.record)).toEqual([record]);
  });
});

/** A correction that goes through relays: A gave to B, B to C, C to D, each with the permission of A, whom only B knows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { reportInput, type Service } from './service.ts';
import { startTogether } from './together.ts';
import { until } from './trust.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;
const codes = ['atlas', 'meridian', 'sahara', 'delta'] as const;
type Code = (typeof codes)[number];

const services = new Map<Code, Service>();
const seats = new Map<Code, Client>();
const seat = (code: Code) => seats.get(code) as Client;
const id = new Map<Code, string>();
let record: string;

beforeAll(async () => {
  for (const [index, service] of (await startTogether(codes)).entries()) {
    const code = codes[index] as Code;
    services.set(code, service);
    id.set(code, service.id);
  }
  for (const code of codes) seats.set(code, await (services.get(code) as Service).as('director'));
  record = await given();
});
afterAll(async () => {
  for (const service of services.values()) await service.stop();
});

const holds = (code: Code, what: string) =>
  until(async () => {
    const { items } = await seat(code).listInbox({ query: { view: 'arrived' } });
    return items.some((item) => item.record === what) ? true : undefined;
  }, 60_000);

/** The grantee asks the origin, which permits; then the record goes on. */
async function passOn(what: string, from: Code, to: Code): Promise<void> {
  const onwardTo = id.get(to) ?? '';
  const asked = await seat(from).askPermission({
    params: { id: what },
    body: { use: 'onward', onwardTo, purpose: null, portions: null, reason: 'Il y va de sa frontière.', until: null },
  });
  await until(async () => {
    const { items } = await seat('atlas').listInbox({ query: { view: 'arrived' } });
    return items.some((item) => item.record === asked.record) ? true : undefined;
  }, 60_000);
  await seat('atlas').decidePermission({
    params: { id: asked.record },
    body: { decision: 'granted', portions: null, validUntil: day(100) },
  });
  await until(async () => {
    const [permission] = await seat(from).listPermissions({ params: { id: what } });
    return permission?.state === 'in-force' ? true : undefined;
  }, 60_000);
  await seat(from).releaseRecord({ params: { id: what }, body: { recipients: [onwardTo] } });
  await holds(to, what);
}

/** A report of A that all four hold. */
async function given(): Promise<string> {
  const body = reportInput({
    title: 'Ce qui voyage loin',
    marking: { level: 1, compartments: [], handling: [{ code: 'H2' }], releasableTo: null },
    portions: [
      { text: 'Le départ est prévu pour jeudi.', nature: 'fact', marking: null },
      { text: 'La source est proche de lui.', nature: 'assessment', marking: null },
    ],
    recipients: [id.get('meridian') ?? ''],
  });
  const made = await seat('atlas').createReport({ body });
  await holds('meridian', made.record);
  await passOn(made.record, 'meridian', 'sahara');
  await passOn(made.record, 'sahara', 'delta');
  await until(async () => {
    const held = await seat('atlas').listHolders({ params: { id: made.record } });
    return held.filter(({ state }) => state === 'confirmed').length === 3 ? true : undefined;
  }, 60_000);
  return made.record;
}

const due = (code: Code, correction: string) =>
  until(async () => {
    const { items } = await seat(code).listInbox({ query: { view: 'waiting' } });
    return items.find((item) => item.record === correction && item.reason === 'correction-due');
  }, 60_000);
const board = async (correction: string) => {
  const [view] = await seat('atlas').listCorrections({ params: { id: correction } });
  return new Map((view?.board ?? []).map((line) => [line.service.code, line]));
};

describe('a correction through relays', () => {
  test('[REL-3] starts from the whole tree of holders, of which each relay sees its own part', async () => {
    const tree = await seat('atlas').listHolders({ params: { id: record } });
    const ways = Object.fromEntries(tree.map(({ service, via }) => [service.code, via.map(({ code }) => code)]));
    expect(ways).toEqual({ meridian: [], sahara: ['meridian'], delta: ['meridian', 'sahara'] });
    const part = async (code: Code) =>
      (await seat(code).listHolders({ params: { id: record } })).map(({ service }) => service.code);
    expect(await part('meridian')).toEqual(['sahara']);
    expect(await part('sahara')).toEqual(['delta']);
    expect(await part('delta')).toEqual([]);
  });

  test('[COR-1] [ACC-07] brings the new text to the holder’s holder, under the permission renewed, with A’s own signature', async () => {
    const { correction, hash } = await seat('atlas').revise({
      params: { id: record },
      body: {
        ...why,
        title: 'Ce qui voyage loin, corrigé',
        grading: null,
        portions: [
          { text: 'Le départ est prévu pour vendredi.', nature: 'fact', marking: null },
          { text: 'La source est proche de lui.', nature: 'assessment', marking: null },
        ],
      },
    });
    for (const code of ['meridian', 'sahara', 'delta'] as const) {
      await due(code, correction);
      const view = await seat(code).getRecord({ params: { id: record } });
      expect(view, code).toMatchObject({ revision: 2, hash, state: 'active', origin: { code: 'atlas' } });
      expect(
        view.portions.map(({ text }) => text),
        code,
      ).toContain('Le départ est prévu pour vendredi.');
    }
    // COR-2: each answers to A, through whoever stands between; the case and the stage arrive with it.
    await seat('meridian').answerCorrection({ params: { id: correction }, body: { answer: 'replaced' } });
    await seat('sahara').answerCorrection({
      params: { id: correction },
      body: { answer: 'refused', ground: 'independent-source' },
    });
    await seat('delta').answerCorrection({
      params: { id: correction },
      body: { answer: 'relied-on', case: '2026/44', stage: 'arrest', explanation: 'Il est gardé à vue.' },
    });
    await until(
      async () => ([...(await board(correction)).values()].every(({ answer }) => answer) ? true : undefined),
      60_000,
    );
    const lines = await board(correction);
    expect(lines.size).toBe(3);
    expect(lines.get('delta')).toMatchObject({
      via: [{ code: 'meridian' }, { code: 'sahara' }],
      unreachable: false,
      answer: { answer: 'relied-on', case: '2026/44', stage: 'arrest', explanation: 'Il est gardé à vue.' },
    });
    expect(lines.get('sahara')?.answer).toMatchObject({ answer: 'refused', ground: 'independent-source' });
    expect(lines.get('delta')?.deliveredAt).not.toBeNull();
    // A relay reads no answer that is not its own.
    const [own] = await seat('meridian').listCorrections({ params: { id: correction } });
    expect(own?.board.map(({ service }) => service.code)).toEqual(['meridian']);
  });

  test('[COR-1] [COR-3] withdraws it everywhere, and nothing old brings it back', async () => {
    const { correction } = await seat('atlas').withdraw({ params: { id: record }, body: why });
    for (const code of ['meridian', 'sahara', 'delta'] as const) {
      await due(code, correction);
      const { items } = await seat(code).listInbox({ query: { view: 'arrived', q: 'voyage' } });
      expect(items, code).toEqual([]);
      expect((await seat(code).getRecord({ params: { id: record } })).state, code).toBe('quarantined');
      await seat(code).answerCorrection({ params: { id: correction }, body: { answer: 'quarantined' } });
    }
    await until(
      async () => ([...(await board(correction)).values()].every(({ answer }) => answer) ? true : undefined),
      60_000,
    );
    // A relay that would give it once more is refused by its own node.
    await expect(
      seat('meridian').releaseRecord({ params: { id: record }, body: { recipients: [id.get('sahara') ?? ''] } }),
    ).rejects.toThrow();
  });

  test('[COR-1] [ACC-14] asks the holder’s holder to erase as well', async () => {
    const { correction } = await seat('atlas').erase({
      params: { id: record },
      body: { ...why, ground: 'court-order' },
    });
    await due('delta', correction);
    expect((await seat('delta').getRecord({ params: { id: record } })).portions.length).toBeGreaterThan(0);
    await seat('delta').answerCorrection({ params: { id: correction }, body: { answer: 'erased' } });
    expect((await seat('delta').getRecord({ params: { id: record } })).portions).toEqual([]);
    await until(
      async () => ((await board(correction)).get('delta')?.answer?.answer === 'erased' ? true : undefined),
      60_000,
    );
  });
});

/** A partner that asks without end: what others ask stays where officers see it (ADM-2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import type { RequestInput } from '#src/features/requests/contract.ts';
import { refusalOf } from './chain.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

let meridian: Neighbour;
let atlas: Neighbour;
let sahara: Neighbour;
/** Of Sahara to Atlas: due after all that Meridian asks, and immediate. */
let immediate: string;
const asked = 230;
const letIn = 200;

beforeAll(async () => {
  [meridian, atlas, sahara] = await startTogether(['meridian', 'atlas', 'sahara']);
  const reader = await atlas.as('liaison');
  immediate = await ask(await sahara.as('liaison'), 100);
  await until(() => reader.getRequest({ params: { id: immediate } }).catch(() => undefined));
  const flooding = await meridian.as('liaison');
  for (let count = 0; count < asked; count++) await ask(flooding, 48);
  await until(async () => ((await refusedAt(flooding)) === asked - letIn ? true : undefined), 120_000);
}, 300_000);
afterAll(() => Promise.all([meridian, atlas, sahara].map((service) => service?.stop())));

async function ask(client: Client, dueInHours: number): Promise<string> {
  const body: RequestInput = {
    language: 'fr',
    title: 'Vérification d’un déplacement',
    question: 'La personne est-elle entrée sur votre territoire ?',
    reasons: 'Un départ est annoncé.',
    urgency: 'immediate',
    urgencyReason: 'Le départ est proche.',
    respondBy: new Date(Date.now() + dueInHours * 3_600_000).toISOString(),
    intendedUse: null,
    marking: { level: 1, compartments: [], handling: [{ code: 'H1' }], releasableTo: null },
    purpose: 'terrorism-prevention',
    legalBasis: 'Article 5',
    recipients: [atlas.id],
  };
  return (await client.createRequest({ body })).record;
}

async function refusedAt(client: Client): Promise<number> {
  const codes = await all((cursor) => client.listInbox({ query: { view: 'sent', limit: 200, ...cursor } }));
  return codes.filter(({ deliveries }) => deliveries.some(({ step }) => step === 'refused')).length;
}

/** Every item of a list, page by page. */
async function all<T>(
  page: (cursor: { cursor?: string }) => Promise<{ items: readonly T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const next = await page(cursor === undefined ? {} : { cursor });
    items.push(...next.items);
    cursor = next.next;
  }
  return items;
}

describe('[ADM-2] a partner that asks more than anybody can answer', () => {
  test('is refused what comes after two hundred in a day, and sees that at once', async () => {
    expect(await refusedAt(await meridian.as('liaison'))).toBe(asked - letIn);
  });

  test('does not push the immediate question of another off the first page of what waits', async () => {
    const reader = await atlas.as('liaison');
    const { items, next } = await reader.listInbox({ query: { view: 'waiting', limit: 20 } });
    expect(items.map(({ record }) => record)).toContain(immediate);
    expect(next).not.toBeNull();
    const every = await all((cursor) => reader.listInbox({ query: { view: 'waiting', limit: 37, ...cursor } }));
    expect(new Set(every.map(({ record }) => record)).size).toBe(every.length);
    expect(every.filter(({ kind }) => kind === 'request')).toHaveLength(letIn + 1);
  });

  test('nor off the first page of the open requests, which go on to the last', async () => {
    const reader = await atlas.as('liaison');
    const open = { direction: 'to-us', state: 'open' } as const;
    const { items } = await reader.listRequests({ query: { ...open, limit: 20 } });
    expect(items.map(({ record }) => record)).toContain(immediate);
    const every = await all((cursor) => reader.listRequests({ query: { ...open, limit: 37, ...cursor } }));
    expect(every).toHaveLength(letIn + 1);
    expect(new Set(every.map(({ record }) => record)).size).toBe(letIn + 1);
  });

  test('a cursor that nobody gave is refused', async () => {
    const reader = await atlas.as('liaison');
    const query = { direction: 'to-us', state: 'open', cursor: 'nobody' } as const;
    expect(await refusalOf(reader.listRequests({ query }))).toBe('input-invalid');
  });
});

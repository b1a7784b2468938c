/** Keys that change while two whole nodes work: nothing is lost, and the link and its queues go on (KEY-1). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportInput, type Service, startService } from './service.ts';
import { befriend, until } from './trust.ts';

const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;

let atlas: Service;
let meridian: Service;
let ids: { one: string; other: string };
beforeAll(async () => {
  const staff = officers.map((one) => ({ ...one, desks: [...one.desks] }));
  [atlas, meridian] = await Promise.all([startService('atlas', staff), startService('meridian', staff)]);
  ids = await befriend(atlas, meridian);
}, 120_000);
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

const root = (service: Service) => service.as('root');
const reason = 'yearly change';
const give = async (title: string) =>
  (await atlas.as('liaison')).createReport({ body: reportInput({ title, recipients: [ids.other] }) });
const arrived = async (record: string) =>
  until(async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
const confirmed = (service: Service, version: number) =>
  until(async () => {
    const view = await (await root(service)).getKeys();
    return view.version === version && view.unconfirmed.length === 0 ? view : undefined;
  });

describe('[KEY-1] rotation', () => {
  test('of both keys while reports are under way loses nothing, and the partner comes to know the new ones', async () => {
    const before = await (await root(atlas)).getKeys();
    expect(before).toMatchObject({ version: 1, recoveryKey: null, unconfirmed: [], keysKept: 0 });
    const given: string[] = [];
    const rotations = (async () => {
      await (await root(atlas)).rotateSigningKey({ body: { reason } });
      await (await root(atlas)).rotateSealingKey({ body: { reason } });
      await (await root(meridian)).rotateSealingKey({ body: { reason } });
      await (await root(atlas)).rotateSigningKey({ body: { reason } });
    })();
    for (let n = 0; n < 12; n++) given.push((await give(`report ${n}`)).record);
    await rotations;
    for (const record of given) await arrived(record);

    const view = await confirmed(atlas, 4);
    expect(view.keys.filter(({ state }) => state === 'current').map(({ use }) => use)).toEqual(['signing', 'sealing']);
    expect(view.keys.filter(({ state, use }) => state === 'retired' && use === 'signing')).toHaveLength(2);
    // A week may pass before what was sealed to the old key has all arrived.
    expect(view.keysKept).toBe(1);
    const theirs = await (await meridian.as('liaison')).getPartnerKeys({ params: { id: ids.one } });
    expect(theirs.version).toBe(4);
    expect(theirs.keys.map(({ id }) => id).sort()).toEqual(view.keys.map(({ id }) => id).sort());
    const { link } = await (await meridian.as('liaison')).getPartner({ params: { id: ids.one } });
    expect(link).toMatchObject({ status: 'open', stoppedBy: null });
  }, 120_000);
});

/** KEY-2: whoever takes the name of a known service in letters that look like its own is shown for what it is. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard } from '#src/engine/service-card.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { temporaryHome } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';

let atlas: Neighbour;
let meridian: Neighbour;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
});
afterAll(() => Promise.all([atlas?.stop(), meridian?.stop()]));

async function cardCalled(code: string, name: string): Promise<string> {
  const keyring = await createFileKeyring(join(await temporaryHome(), 'keys'));
  const names = { ar: name, fr: name, en: name };
  const by = { keyring, primitives: nodePrimitives, randomBytes: (length: number) => randomBytes(length) };
  const card = await makeServiceCard({ code, names, url: null, language: 'fr' }, by, Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  return card.text;
}

test('[KEY-2] a service whose name looks like a partner’s or our own says whose, and the partner says so too', async () => {
  const root = await atlas.as('root');
  const before = await root.getPartner({ params: { id: meridian.id } });
  expect(before.resembles).toEqual([]);
  const { names, code } = before.service;
  const twin = await root.addPartner({ body: { card: await cardCalled('other', names.fr.replace('e', 'е')) } });
  expect(twin.resembles.map(({ id }) => id)).toEqual([meridian.id]);
  const partner = await root.getPartner({ params: { id: meridian.id } });
  expect(partner.resembles.map(({ id }) => id)).toEqual([twin.service.id]);
  const us = await root.addPartner({ body: { card: await cardCalled('at1as', 'Autre') } });
  expect(us.resembles.map(({ id }) => id)).toEqual([atlas.id]);
  const same = await root.addPartner({ body: { card: await cardCalled(code, 'Encore') } });
  expect(same.resembles.map(({ id }) => id)).toContain(meridian.id);
});

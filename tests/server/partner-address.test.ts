/** Where a node looks for partners: not within its own network, unless its operator names that. */
import { expect, test } from 'vitest';
import { post, problem, reportInput, type Service, startService } from './service.ts';
import { startTogether } from './together.ts';
import { until } from './trust.ts';

test('[EXC-2] the card of a partner within is refused with a code, and taken where its network is named', async () => {
  const south = await startService('south', []);
  const { card } = await (await south.as('root')).ownCard();
  const add = async (north: Service) => {
    const authorization = `Bearer ${await north.token('root')}`;
    return post(north.url, '/api/partners', { card }, { authorization });
  };
  const strict = await startService('north', [], { partnerNetworks: [] });
  expect(await problem(await add(strict))).toMatchObject({ status: 422, code: 'address-internal', at: '/card' });
  expect(await (await strict.as('root')).listPartners()).toEqual([]);
  await strict.stop();
  const named = await startService('north', [], { partnerNetworks: ['127.0.0.1'] });
  expect((await add(named)).status).toBe(200);
  await named.stop();
  await south.stop();
});

test('[EXC-2] a partner that is known is not looked for within either, and loses nothing meanwhile', async () => {
  const [atlas, meridian] = await startTogether(['atlas', 'meridian'], { partnerNetworks: [] });
  const liaison = await atlas.as('liaison');
  const { record } = await liaison.createReport({ body: reportInput({ recipients: [meridian.id] }) });
  await until(async () => {
    const now = await liaison.getPartner({ params: { id: meridian.id } });
    return now.link.lastFailureAt === null ? undefined : now;
  });
  const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
  expect(items.filter((item) => item.record === record)).toEqual([]);
  await atlas.stop();
  await meridian.stop();
});

/** A batch that is formed and has no receipt, when its recipient loses the right to what is in it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Replaceable } from './replaced.ts';
import { reportInput } from './service.ts';
import { until } from './trust.ts';

let atlas: Replaceable;
let meridian: Replaceable;
beforeAll(async () => {
  [atlas, meridian] = await Replaceable.together(['atlas', 'meridian']);
});
afterAll(async () => {
  await atlas.end();
  await meridian.end();
});

const partner = async () => (await atlas.as('director')).getPartner({ params: { id: meridian.id } });

test('[REL-1] it is sent no more as it is: what may still go begins a new epoch, the rest is refused on our board', async () => {
  await until(async () => ((await partner()).link.unreceipted === 0 ? true : undefined));
  await meridian.stop();
  const author = await atlas.as('liaison');
  const { record } = await author.createReport({
    body: reportInput({ title: 'Trop tard', recipients: [meridian.id] }),
  });
  await until(async () => ((await partner()).link.unreceipted === 1 ? true : undefined));

  const { agreements } = await partner();
  const director = await atlas.as('director');
  await director.endAgreement({
    params: { id: agreements[0]?.record ?? '' },
    body: { reason: 'Fin de la coopération' },
  });
  await meridian.go();
  const delivery = async () => (await author.getRecord({ params: { id: record } })).deliveries[0];
  await until(async () => ((await delivery())?.step === 'refused' ? true : undefined), 60_000);
  expect((await delivery())?.refusal).toMatchObject({ code: 'agreement-not-in-force' });

  await until(async () => {
    const view = await (await meridian.as('director')).getPartner({ params: { id: atlas.id } });
    return view.agreements[0]?.endedAt ? true : undefined;
  }, 60_000);
  const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
  expect(items.map(({ record: arrived }) => arrived)).not.toContain(record);
  await until(async () => ((await partner()).link.unreceipted === 0 ? true : undefined));
});

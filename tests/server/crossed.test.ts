/** What two services cross in their work: a compartment, officers of one desk alone, the last day of a permission. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import type { ReportInput } from '#src/features/compose/contract.ts';
import { refusalOf } from './chain.ts';
import { reportInput } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

const clock = settableClock(systemClock);
const day = (days: number) => new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10);

let atlas: Neighbour;
let meridian: Neighbour;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian'], { clock });
});
afterAll(async () => {
  clock.set(null);
  await atlas?.stop();
  await meridian?.stop();
});

const write = async (login: string, changes: Partial<ReportInput>) =>
  (await (await atlas.as(login)).createReport({ body: reportInput({ recipients: [meridian.id], ...changes }) })).record;
const sees = async (at: Neighbour, login: string, record: string) => {
  const client = await at.as(login);
  const { items } = await client.listInbox({ query: { view: at === atlas ? 'sent' : 'arrived' } });
  const isOpened = await client.getRecord({ params: { id: record } }).then(
    () => true,
    () => false,
  );
  expect(items.some((item) => item.record === record)).toBe(isOpened);
  return isOpened;
};
const arrives = (login: string, record: string) =>
  until(async () => {
    const { items } = await (await meridian.as(login)).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
const marking = (compartments: string[]) => ({
  level: 1 as const,
  compartments,
  handling: [{ code: 'H1' as const }],
  releasableTo: null,
});

describe('[MRK-1] a record in a compartment', () => {
  test('is seen at both services by who is in it, and by nobody else', async () => {
    const record = await write('initiate', { title: 'Cercle', marking: marking(['orion']) });
    await arrives('initiate', record);
    for (const service of [atlas, meridian]) {
      expect(await sees(service, 'initiate', record)).toBe(true);
      for (const login of ['liaison', 'director', 'junior']) expect(await sees(service, login, record)).toBe(false);
    }
    const lines = await refusalOf(
      (await meridian.as('liaison')).getRecordJournal({ params: { id: record }, query: {} }),
    );
    expect(lines).toBe('not-found');
  });

  test('has paragraphs in it that others read without', async () => {
    const inIt = { text: 'La source.', nature: 'fact' as const, marking: marking(['orion']) };
    const record = await write('initiate', { portions: [...reportInput().portions, inIt] });
    await arrives('liaison', record);
    const textsOf = async (login: string) =>
      (await (await meridian.as(login)).getRecord({ params: { id: record } })).portions.map(({ text }) => text);
    expect(await textsOf('initiate')).toHaveLength(2);
    expect(await textsOf('liaison')).toEqual([reportInput().portions[0]?.text]);
  });

  test('is not written by who is outside, and goes to nobody whose agreement does not cover it', async () => {
    const outside = (await atlas.as('liaison')).createReport({ body: reportInput({ marking: marking(['orion']) }) });
    expect(await refusalOf(outside)).toBe('above-own-clearance');
    const other = (await atlas.as('initiate')).createReport({ body: reportInput({ marking: marking(['lyra']) }) });
    expect(await refusalOf(other)).toBe('above-own-clearance');
  });

  test('is decided on by who is in it, and the decision stays in it', async () => {
    const record = await write('initiate', { title: 'Cercle', marking: marking(['orion']) });
    await arrives('initiate', record);
    const decision = { params: { id: record }, body: { decision: 'act' as const } };
    expect(await refusalOf((await meridian.as('liaison')).decide(decision))).toBe('not-found');
    const { record: answer } = await (await meridian.as('initiate')).decide(decision);
    await until(async () => ((await sees(atlas, 'initiate', record)) ? true : undefined));
    const delivery = async () =>
      (await (await atlas.as('initiate')).getRecord({ params: { id: record } })).deliveries[0]?.step;
    await until(async () => ((await delivery()) === 'decided' ? true : undefined));
    expect(await refusalOf((await meridian.as('liaison')).getRecord({ params: { id: answer } }))).toBe('not-found');
    expect(await refusalOf((await atlas.as('liaison')).getRecord({ params: { id: answer } }))).toBe('not-found');
  });
});

describe('[ACC-12] officers of one desk alone', () => {
  test('see what their desk works on: the bureau of liaison what arrives, direction and justice not', async () => {
    const record = await write('liaison', { title: 'Pour la liaison' });
    await arrives('liaison', record);
    for (const login of ['chief', 'elsewhere', 'judicial']) expect(await sees(meridian, login, record)).toBe(false);
    expect(await sees(meridian, 'liaison', record)).toBe(true);
  });

  test('see it, and may act on it, from when it is assigned to theirs', async () => {
    const record = await write('liaison', { title: 'Pour la justice' });
    await arrives('liaison', record);
    const decision = { params: { id: record }, body: { decision: 'act' as const } };
    expect(await refusalOf((await meridian.as('judicial')).decide(decision))).toBe('not-found');
    const body = { desk: 'judicial', reason: 'Une affaire.' };
    await (await meridian.as('liaison')).assignDesk({ params: { id: record }, body });
    expect(await sees(meridian, 'judicial', record)).toBe(true);
    expect(await sees(meridian, 'elsewhere', record)).toBe(false);
    expect(await refusalOf((await meridian.as('judicial')).decide(decision))).toMatch(/^not refused/);
  });

  test('write for their own desk, and liaison reads along', async () => {
    const record = await write('elsewhere', { title: 'De l’analyse' });
    expect(await sees(atlas, 'elsewhere', record)).toBe(true);
    expect(await sees(atlas, 'liaison', record)).toBe(true);
    expect(await sees(atlas, 'judicial', record)).toBe(false);
  });
});

describe('[PRM-1] [ACC-08] a permission', () => {
  test('[COR-3] that is asked for waits no longer once the record is withdrawn, and is refused with the reason', async () => {
    const record = await write('liaison', { title: 'Une erreur' });
    await arrives('liaison', record);
    const asking = { use: 'judicial' as const, onwardTo: null, purpose: null, portions: null, until: null };
    const holder = await meridian.as('liaison');
    const asked = await holder.askPermission({ params: { id: record }, body: { ...asking, reason: 'Le juge.' } });
    const origin = await atlas.as('liaison');
    const reason = async () => {
      const { items } = await origin.listInbox({ query: { view: 'arrived' } });
      return items.find((item) => item.record === asked.record)?.reason;
    };
    await until(async () => ((await reason()) === 'permission-asked' ? true : undefined));
    const body = { ground: 'factual-error' as const, explanation: 'Une erreur.', respondBy: day(9) };
    await origin.withdraw({ params: { id: record }, body });
    expect(await reason()).toBe('arrived');
    const granted = { decision: 'granted' as const, portions: null, validUntil: day(3) };
    const decided = refusalOf(origin.decidePermission({ params: { id: asked.record }, body: granted }));
    expect(await decided).toBe('record-withdrawn');
  });

  test('is in force through its last day, and not on the day after', async () => {
    const record = await write('liaison', { title: 'Une preuve' });
    await arrives('liaison', record);
    const holder = await meridian.as('liaison');
    const use = { use: 'judicial' as const, reference: '12/2026', stage: 'inquiry' as const, purpose: null };
    const entered = () => refusalOf(holder.recordUse({ params: { id: record }, body: use }));
    expect(await entered()).toBe('use-not-permitted');
    const asking = { use: 'judicial' as const, onwardTo: null, purpose: null, portions: null, until: null };
    const asked = await holder.askPermission({ params: { id: record }, body: { ...asking, reason: 'Le juge.' } });
    const origin = await atlas.as('liaison');
    await until(async () => {
      const { items } = await origin.listInbox({ query: { view: 'arrived' } });
      return items.find((item) => item.record === asked.record);
    });
    const granted = { decision: 'granted' as const, portions: null, validUntil: day(3) };
    await origin.decidePermission({ params: { id: asked.record }, body: granted });
    const state = async (of = holder) => (await of.listPermissions({ params: { id: record } }))[0];
    await until(async () => ((await state())?.state === 'in-force' ? true : undefined));
    expect(await state(origin)).toMatchObject({ state: 'in-force', allowed: ['revoke'] });

    // The last minute of its last day.
    clock.set(Date.parse(`${granted.validUntil}T23:59:00Z`));
    expect(await state()).toMatchObject({ state: 'in-force' });
    expect(await entered()).toMatch(/^not refused/);

    clock.set(clock.now() + 2 * 60_000);
    expect(await state()).toMatchObject({ state: 'expired' });
    expect(await entered()).toBe('permission-expired');
    expect(await state(origin)).toMatchObject({ state: 'expired', allowed: [] });
    const revocation = { params: { id: (await state(origin))?.permission ?? '' } };
    const body = { ground: 'not-necessary' as const };
    expect(await refusalOf(origin.revokePermission({ ...revocation, body }))).toBe('already-decided');
  });
});

/** A node that is restored from a backup while its partner went on: what both had comes back, and takes effect once. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../cli/typed.ts';
import { Replaceable } from './replaced.ts';
import { passphrase, reportInput } from './service.ts';
import { until } from './trust.ts';

let atlas: Replaceable;
let meridian: Replaceable;
const backups: string[] = [];

beforeAll(async () => {
  [atlas, meridian] = await Replaceable.together(['atlas', 'meridian']);
});
afterAll(async () => {
  await atlas.end();
  await meridian.end();
  for (const backup of backups) await rm(backup, { recursive: true, force: true });
});

async function write(from: Replaceable, to: string, title: string): Promise<string> {
  const author = await from.as('liaison');
  const { record } = await author.createReport({ body: reportInput({ title, recipients: [to] }) });
  return record;
}
async function titleAt(at: Replaceable, record: string): Promise<string | undefined> {
  const reader = await at.as('liaison');
  return reader.getRecord({ params: { id: record } }).then(
    ({ title }) => title ?? undefined,
    () => undefined,
  );
}
const arrives = (at: Replaceable, record: string) => until(() => titleAt(at, record));
const delivered = (by: Replaceable, record: string) =>
  until(async () => {
    const { deliveries } = await (await by.as('liaison')).getRecord({ params: { id: record } });
    return deliveries[0]?.step === 'delivered' || deliveries[0]?.step === 'read' ? true : undefined;
  });
/** How often this node says that it took the record in. */
async function admissions(at: Replaceable, record: string): Promise<number> {
  const { lines } = await (await at.as('liaison')).getRecordJournal({ params: { id: record }, query: {} });
  return lines.filter(({ act }) => act === 'record.admitted').length;
}
const recovery = async (at: Replaceable) => (await at.as('director')).getRecovery();
const recovered = (at: Replaceable) => until(async () => ((await recovery(at)).recovering ? undefined : true));

describe('[EXC-4] a restore of the whole home, which nothing but a partner can notice', () => {
  let backup: string;
  let before: string;
  let lost: string[];
  let given: string[];

  test('is healed in both directions', async () => {
    before = await write(atlas, meridian.id, 'Avant la sauvegarde');
    await arrives(meridian, before);
    await delivered(atlas, before);
    backup = await atlas.backUp();
    backups.push(backup);

    lost = [await write(atlas, meridian.id, 'Perdu un'), await write(atlas, meridian.id, 'Perdu deux')];
    given = [await write(meridian, atlas.id, 'Donné un'), await write(meridian, atlas.id, 'Donné deux')];
    for (const record of lost) await arrives(meridian, record);
    for (const record of lost) await delivered(atlas, record);
    for (const record of given) await arrives(atlas, record);
    for (const record of given) await delivered(meridian, record);

    await atlas.putBack(backup, 'all');
    await atlas.go();
    for (const record of [...lost, ...given]) await arrives(atlas, record);
    await recovered(atlas);
    expect(await titleAt(atlas, lost[0] ?? '')).toBe('Perdu un');
  });

  test('gives back what we wrote as ours, held by the partner, and journalled as returned', async () => {
    const author = await atlas.as('liaison');
    const view = await author.getRecord({ params: { id: lost[1] ?? '' } });
    expect(view).toMatchObject({ ours: true, receivedFrom: null });
    expect(view.holders).toMatchObject([{ service: { code: 'meridian' }, state: 'confirmed' }]);
    const { lines } = await author.getRecordJournal({ params: { id: lost[1] ?? '' }, query: {} });
    expect(lines.map(({ act }) => act)).toContain('record.returned');
    expect(lines.map(({ act }) => act)).not.toContain('record.issued');
  });

  test('lets nothing take effect twice', async () => {
    for (const record of [before, ...lost]) expect(await admissions(meridian, record)).toBe(1);
    for (const record of given) expect(await admissions(atlas, record)).toBe(1);
    const inbox = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    const titles = inbox.items.map(({ title }) => title).filter((title) => title?.startsWith('Perdu'));
    expect(titles.toSorted()).toEqual(['Perdu deux', 'Perdu un']);
  });

  test('leaves both links open, in a later epoch, and at work in both directions', async () => {
    for (const [at, peer] of [
      [atlas, meridian.id],
      [meridian, atlas.id],
    ] as const) {
      const { link } = await (await at.as('director')).getPartner({ params: { id: peer } });
      expect(link).toMatchObject({ status: 'open', stoppedBy: null });
    }
    const [there, here] = [await write(atlas, meridian.id, 'Après'), await write(meridian, atlas.id, 'Après aussi')];
    await arrives(meridian, there);
    await delivered(atlas, there);
    await arrives(atlas, here);
    await delivered(meridian, here);
  });

  test('is told once for each time it happens', async () => {
    await atlas.putBack(backup, 'all');
    await atlas.go();
    for (const record of [...lost, ...given]) await arrives(atlas, record);
    await recovered(atlas);
    for (const record of [before, ...lost]) expect(await admissions(meridian, record)).toBe(1);
    await delivered(atlas, await write(atlas, meridian.id, 'Encore après'));
  });
});

describe('[EXC-4] a database put back under a home that is newer', () => {
  test('is noticed at the start, before any partner answers: nothing is issued until they have, or a director goes on', async () => {
    const backup = await atlas.backUp();
    backups.push(backup);
    const lost = await write(atlas, meridian.id, 'Perdu trois');
    await arrives(meridian, lost);
    await delivered(atlas, lost);

    await meridian.stop();
    await atlas.putBack(backup, 'database');
    await atlas.go();
    expect(await recovery(atlas)).toMatchObject({
      recovering: true,
      partners: [{ service: { code: 'meridian' }, done: false, returned: 0 }],
      allowed: ['go-on'],
    });
    await expect(write(atlas, meridian.id, 'Trop tôt')).rejects.toMatchObject({ refusal: { code: 'node-recovering' } });
    const liaison = await atlas.as('liaison');
    expect(await liaison.getRecovery()).toMatchObject({ recovering: true, allowed: [] });
    await expect(liaison.goOnAfterRestore({ body: { reason: 'pressé' } })).rejects.toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    // It was not begun twice, and a restart does not end it.
    await atlas.restart();
    expect(await recovery(atlas)).toMatchObject({ recovering: true });

    const desk = await Desk.open();
    const at = ['--node', atlas.staff.url, '--as', 'director'];
    await desk.type(['login', ...at], { answers: [passphrase] });
    expect((await desk.type(['recovery', ...at])).out).toMatch(/meridian +not done yet, returned: 0/);
    expect(await desk.type(['recovery', 'go-on', ...at])).toMatchObject({ code: 2 });
    const reason = ['--reason', 'Le partenaire est injoignable.'];
    expect(await desk.type(['recovery', 'go-on', ...reason, ...at])).toMatchObject({
      code: 0,
      out: expect.stringContaining('not recovering'),
    });
    await desk.close();
    expect(await recovery(atlas)).toMatchObject({ recovering: false });
    const early = await write(atlas, meridian.id, 'Sans attendre');
    await meridian.go();
    await arrives(meridian, early);
    // What the partner gives back later is still ours.
    expect(await arrives(atlas, lost)).toBe('Perdu trois');
    expect(await admissions(meridian, lost)).toBe(1);
  });
});

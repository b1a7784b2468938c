/** Files from the terminal between two real nodes: carried there, answered, carried back, and mixed with the link. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { Replaceable } from '../server/replaced.ts';
import { passphrase, reportInput } from '../server/service.ts';
import { until } from '../server/trust.ts';
import { Desk } from './typed.ts';

let desk: Desk;
let atlas: Replaceable;
let meridian: Replaceable;

beforeAll(async () => {
  desk = await Desk.open();
  [atlas, meridian] = await Replaceable.together(['atlas', 'meridian']);
  for (const at of [atlas, meridian]) await desk.type(['login', ...as(at), '--language', 'en'], { input: passphrase });
});
afterAll(async () => {
  await atlas.end();
  await meridian.end();
  await desk.close();
});

const as = (at: Replaceable, login = 'liaison') => ['--node', at.staff.url, '--as', login];
const path = (name: string) => join(desk.home, name);
async function done(argv: readonly string[]): Promise<string> {
  const answered = await desk.type([...argv, '--language', 'en']);
  expect(answered, answered.err).toMatchObject({ code: 0 });
  return answered.out;
}
async function write(author: Client, title: string): Promise<string> {
  return (await author.createReport({ body: reportInput({ title, recipients: [meridian.id] }) })).record;
}
const seen = async (record: string) =>
  (await meridian.as('liaison')).getRecord({ params: { id: record } }).then(
    () => true as const,
    () => undefined,
  );
const stepOf = async (record: string) =>
  (await (await atlas.as('liaison')).getRecord({ params: { id: record } })).deliveries[0]?.step;
async function admissions(record: string): Promise<number> {
  const { lines } = await (await meridian.as('liaison')).getRecordJournal({ params: { id: record }, query: {} });
  return lines.filter(({ act }) => act === 'record.admitted').length;
}

describe('[EXC-3] files by hand', () => {
  let first: string;

  it('are chosen for a partner, to whom then nothing goes over the link', async () => {
    await until(async () =>
      (await (await atlas.as('director')).getPartner({ params: { id: meridian.id } })).link.unreceipted === 0
        ? true
        : undefined,
    );
    expect(await done(['bundle', 'carrier', 'meridian', 'file', ...as(atlas)])).toContain('files carried by hand');
    first = await write(await atlas.as('liaison'), 'Par porteur');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await seen(first)).toBeUndefined();
    expect(await stepOf(first)).toBe('queued');
  });

  it('carry what waits, and say that nothing is confirmed yet', async () => {
    const out = await done(['bundle', 'export', 'meridian', '--out', path('there.tansiq'), ...as(atlas)]);
    expect(out).toContain('exported, unconfirmed');
    expect((await readFile(path('there.tansiq'))).subarray(0, 9).toString()).toBe('TANSIQB1\n');
    expect(await stepOf(first)).not.toBe('delivered');
    expect(await done(['bundle', 'list', 'meridian', ...as(atlas)])).toContain('exported, unconfirmed');
  });

  it('are taken there, and their answer confirms them here', async () => {
    const taken = await done([
      'bundle',
      'import',
      path('there.tansiq'),
      '--answer',
      path('back.tansiq'),
      ...as(meridian),
    ]);
    expect(taken).toMatch(/From atlas: 1 batches taken, 0 known already/);
    expect(await done(['bundle', 'import', path('back.tansiq'), ...as(atlas)])).toMatch(
      /From meridian: 0 batches taken/,
    );
    expect(await stepOf(first)).toBe('delivered');
    expect(await seen(first)).toBe(true);
    expect(await done(['bundle', 'list', 'meridian', ...as(atlas)])).not.toContain('unconfirmed');
    // Once more, by mistake
    const again = await done([
      'bundle',
      'import',
      path('there.tansiq'),
      '--answer',
      path('again.tansiq'),
      ...as(meridian),
    ]);
    expect(again).toMatch(/0 batches taken, 1 known already/);
    expect(await admissions(first)).toBe(1);
  });

  it('and the link together deliver once', async () => {
    const second = await write(await atlas.as('liaison'), 'Par les deux');
    await done(['bundle', 'export', 'meridian', '--out', path('both.tansiq'), ...as(atlas)]);
    await done(['bundle', 'carrier', 'meridian', 'link', ...as(atlas)]);
    await until(() => seen(second), 60_000);
    await until(async () => (['delivered', 'read'].includes((await stepOf(second)) ?? '') ? true : undefined));
    const late = await done([
      'bundle',
      'import',
      path('both.tansiq'),
      '--answer',
      path('late.tansiq'),
      ...as(meridian),
    ]);
    expect(late).toMatch(/0 batches taken, [12] known already/);
    expect(await admissions(second)).toBe(1);
  });

  it('that are no files, or of others, are refused with what to do next', async () => {
    const garbage = await desk.file('garbage.tansiq', 'not a file of ours');
    const refused = await desk.type(['bundle', 'import', garbage, ...as(meridian), '--language', 'en']);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('bundle-malformed');
    // Our own file, brought back to us.
    const own = await done(['bundle', 'import', path('both.tansiq'), ...as(atlas)]);
    expect(own).toContain('envelope-not-for-us');
    const cut = (await readFile(path('there.tansiq'))).subarray(0, -1);
    const file = await desk.file('cut.tansiq', cut);
    expect(await done(['bundle', 'import', file, '--answer', path('x.tansiq'), ...as(meridian)])).toContain(
      'bundle-truncated',
    );
  });

  it('[ACC-22] are for those who speak for the service, and stand in the journal', async () => {
    const analyst = await atlas.as('analyst');
    for (const asked of [
      analyst.exportBundle({ params: { id: meridian.id } }),
      analyst.listExports({ params: { id: meridian.id } }),
      analyst.importBundle({ body: { content: 'AAAA' } }),
      analyst.chooseCarrier({ params: { id: meridian.id }, body: { carrier: 'file' } }),
    ]) {
      await expect(asked).rejects.toMatchObject({ refusal: { code: 'not-allowed' } });
    }
    const { exports, carrier } = await (await atlas.as('director')).listExports({ params: { id: meridian.id } });
    expect(carrier).toBe('link');
    expect(exports).toHaveLength(2);
    expect(exports.every(({ officer, confirmedAt }) => officer === 'liaison' && confirmedAt !== null)).toBe(true);
  });
});

/** Two processes from one home: the partner hears two voices in one name, and both are stopped. */
import { cp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { type RunningNode, startNode } from '#src/server/node.ts';
import { Desk } from '../cli/typed.ts';
import { Replaceable } from './replaced.ts';
import { passphrase, reportInput, signIn, temporaryHome, withToken } from './service.ts';
import { until } from './trust.ts';

let atlas: Replaceable;
let meridian: Replaceable;
let copy: RunningNode;
let copyHome: string;

beforeAll(async () => {
  [atlas, meridian] = await Replaceable.together(['atlas', 'meridian']);
  copyHome = await temporaryHome();
  await atlas.stop();
  await cp(atlas.home, copyHome, { recursive: true });
  await atlas.go();
  // Both have asked what the partner has, before either says anything new.
  copy = await startNode({ home: copyHome, port: 0, logLevel: 'silent' });
  await until(async () => ((await linkOf(await atlas.as('director'), meridian.id)).lastContactAt ? true : undefined));
});
afterAll(async () => {
  await copy.close();
  await atlas.end();
  await meridian.end();
  await rm(copyHome, { recursive: true, force: true });
});

const linkOf = async (director: Client, peer: string) => (await director.getPartner({ params: { id: peer } })).link;
const atCopy = async (login: string) => withToken(copy.url, await signIn(copy.url, login));
async function write(author: Client, title: string): Promise<string> {
  return (await author.createReport({ body: reportInput({ title, recipients: [meridian.id] }) })).record;
}
const seenAt = async (at: Replaceable, record: string) =>
  (await at.as('liaison')).getRecord({ params: { id: record } }).then(
    () => true as const,
    () => undefined,
  );

describe('[EXC-4] a node and its copy', () => {
  let first: string;
  let second: string;

  test('are stopped by the partner at the first batch that both sent', async () => {
    first = await write(await atlas.as('liaison'), 'Du vrai nœud');
    await until(() => seenAt(meridian, first));
    await until(async () =>
      (await linkOf(await atlas.as('director'), meridian.id)).unreceipted === 0 ? true : undefined,
    );
    second = await write(await atCopy('liaison'), 'De la copie');
    const director = await meridian.as('director');
    await until(async () => ((await linkOf(director, atlas.id)).status === 'stopped' ? true : undefined));
    expect(await linkOf(director, atlas.id)).toMatchObject({ stoppedBy: 'sequence-reused' });
    expect(await seenAt(meridian, second)).toBeUndefined();
    expect(await seenAt(meridian, first)).toBe(true);
  });

  test('get nothing through any more until the partner’s officers have spoken', async () => {
    const third = await write(await atlas.as('liaison'), 'Après l’arrêt');
    const { refusals } = await until(async () => {
      const link = await linkOf(await atlas.as('director'), meridian.id);
      return link.lastFailureAt === null ? undefined : link;
    });
    expect(refusals).toEqual([]);
    expect(await seenAt(meridian, third)).toBeUndefined();

    await copy.close();
    const reason = 'La copie est arrêtée ; les deux directeurs se sont parlé.';
    const desk = await Desk.open();
    const at = ['--node', meridian.staff.url, '--as', 'liaison'];
    await desk.type(['login', ...at], { answers: [passphrase] });
    expect(await desk.type(['partner', 'resume', 'atlas', ...at])).toMatchObject({ code: 2 });
    const resumed = await desk.type(['partner', 'resume', 'atlas', '--reason', reason, ...at]);
    expect(resumed).toMatchObject({ code: 0, out: expect.stringContaining('atlas') });
    await desk.close();
    await until(() => seenAt(meridian, third));
    copy = await startNode({ home: copyHome, port: 0, logLevel: 'silent' });
  });

  test('started again, the copy takes itself for restored and begins an epoch; then the other stops by itself', async () => {
    // Its link asks, hears of more than it ever sent, and what it had queued goes out in the new epoch.
    await until(() => seenAt(meridian, second), 60_000);
    await write(await atlas.as('liaison'), 'Le vrai nœud parle encore');
    const director = await atlas.as('director');
    await until(async () => ((await linkOf(director, meridian.id)).status === 'stopped' ? true : undefined), 60_000);
    expect(await linkOf(director, meridian.id)).toMatchObject({ stoppedBy: 'node-cloned' });
  });
});

/** An onward share from the terminal alone: asked, granted, shown, released, listed, revoked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PermissionView } from '#src/features/permissions/contract.ts';
import { type Chain, day, type Link, startChain } from '../server/chain.ts';
import { passphrase } from '../server/service.ts';
import { until } from '../server/trust.ts';
import { Desk } from './typed.ts';

let chain: Chain;
let desk: Desk;
const at = (link: Link) => ['--node', link.service.url, '--as', 'liaison'];

beforeAll(async () => {
  chain = await startChain();
  desk = await Desk.open();
  for (const link of [chain.atlas, chain.bahr]) {
    expect((await desk.type(['login', ...at(link)], { input: `${passphrase}\n` })).code).toBe(0);
  }
}, 300_000);
afterAll(async () => {
  await chain?.stop();
  await desk?.close();
});

describe('[PRM-1] tansiq permission', () => {
  it('asks, grants, releases and revokes; what may not go is told with its rule and exit code 1', async () => {
    const { atlas, bahr, cedre } = chain;
    const record = await chain.report('Une note');
    const refused = await desk.type(['release', record, '--to', 'cedre', '--yes', ...at(bahr)]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('REL-3 · onward-not-permitted') });
    expect((await desk.type(['permission', 'list', record, ...at(bahr)])).out).toContain('No permission');
    const asking = ['permission', 'ask', record, '--use', 'onward', '--to', 'cedre', '--reason', 'Il y va.'];
    const asked = await desk.json<{ record: string }>([...asking, '--portions', '1,3', ...at(bahr)]);
    await until(async () => {
      const views = await desk.json<PermissionView[]>(['permission', 'list', record, ...at(atlas)]);
      return views.find(({ state }) => state === 'asked');
    });
    const usage = await desk.type(['permission', 'grant', asked.record, ...at(atlas)]);
    expect(usage).toMatchObject({ code: 2, err: expect.stringContaining('--until') });
    const grant = ['permission', 'grant', asked.record, '--until', day(9), '--portions', '1'];
    const granted = await desk.json<{ record: string }>([...grant, '--conditions', 'Oralement.', ...at(atlas)]);
    await bahr.permission(record, 'in-force');
    const { out } = await desk.type(['permission', 'list', record, ...at(bahr)]);
    for (const word of ['bahr → cedre', 'in force', 'paragraphs 1', `until ${day(9)}`, 'Il y va.', 'Oralement.']) {
      expect(out).toContain(word);
    }
    const dry = await desk.type(['release', record, '--to', 'cedre', '--dry-run', ...at(bahr)]);
    expect(dry.out + dry.err).toContain('REL-3 · onward-not-permitted');
    expect(await cedre.isWithout(record)).toBe(true);
    expect((await desk.type(['release', record, '--to', 'cedre', '--yes', ...at(bahr)])).code).toBe(0);
    expect((await cedre.holds(record)).portions.map(({ index }) => index)).toEqual([0]);
    expect((await desk.type(['partner', 'list', ...at(atlas)])).out).toContain('vouched for by bahr');
    const revoke = ['permission', 'revoke', granted.record, '--ground', 'not-necessary', '--yes', ...at(atlas)];
    expect((await desk.type(revoke)).code).toBe(0);
    await bahr.permission(record, 'revoked');
  });

  it('refuses with a ground', async () => {
    const { atlas, bahr } = chain;
    const record = await chain.report('Une autre note');
    const asking = ['permission', 'ask', record, '--use', 'publication', '--reason', 'La presse.'];
    const asked = await desk.json<{ record: string }>([...asking, ...at(bahr)]);
    await atlas.permission(record, 'asked');
    const refuse = ['permission', 'refuse', asked.record, '--ground', 'source-protection', ...at(atlas)];
    expect((await desk.type(refuse)).code).toBe(0);
    await bahr.permission(record, 'refused');
    expect((await desk.type(['permission', 'list', record, ...at(bahr)])).out).toContain('Protection of the source');
  });
});

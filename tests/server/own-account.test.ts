/** What officers do with their own account: another passphrase, and an end to sessions that they left somewhere. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { livePath } from '#src/features/live/contract.ts';
import { brakeLimits } from '#src/features/session/server/sign-in-brake.ts';
import { passphrase, post, problem, type Service, signIn, startService, withToken } from './service.ts';
import { until } from './trust.ts';

let service: Service;
let logins = 0;
beforeAll(async () => {
  service = await startService('atlas', [{ login: 'amina', role: 'oversight', desks: [] }]);
});
afterAll(() => service?.stop());

const newWords = 'quatre mots sans rapport';
async function newOfficer(): Promise<string> {
  const login = `officer-${++logins}`;
  const rights = { role: 'analyst' as const, clearance: 1, compartments: [], desks: ['analysis'] };
  const body = { login, displayName: 'Dounia Haddad', ...rights, language: 'ar' as const, passphrase };
  await (await service.as('root')).createOfficer({ body });
  return login;
}
const change = (token: string, currentPassphrase: string, wanted: string) =>
  fetch(`${service.url}/api/session/passphrase`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ currentPassphrase, passphrase: wanted }),
  });
const opens = async (token: string) =>
  (await fetch(`${service.url}/api/session`, { headers: { authorization: `Bearer ${token}` } })).ok;

describe('[ACC-12] the own passphrase', () => {
  test('is changed by who knows it, and all other sessions end at once, with what their screens follow', async () => {
    const login = await newOfficer();
    const [here, there] = [await signIn(service.url, login), await signIn(service.url, login)];
    const live = await fetch(service.url + livePath, { headers: { cookie: `tansiq_session=${there}` } });
    const ended = live.text().catch(() => 'broken off');
    const answer = await change(here, passphrase, newWords);
    expect(await answer.json()).toEqual({ endedSessions: 1 });
    expect(await ended).toContain(':');
    expect([await opens(here), await opens(there)]).toEqual([true, false]);
    expect((await post(service.url, '/api/session', { login, passphrase })).status).toBe(401);
    expect((await post(service.url, '/api/session', { login, passphrase: newWords })).status).toBe(200);
  });

  test('is not changed, and no session ends, by who does not know it; guessing is slowed', async () => {
    const login = await newOfficer();
    const [here, there] = [await signIn(service.url, login), await signIn(service.url, login)];
    service.sessionClock.set(Date.now());
    for (let n = 0; n < brakeLimits.free.device; n++) {
      const wrong = { status: 403, code: 'passphrase-wrong', at: '/currentPassphrase' };
      expect(await problem(await change(here, `guess ${n}`, newWords))).toMatchObject(wrong);
    }
    const late = await change(here, passphrase, newWords);
    expect(late.headers.get('retry-after')).not.toBeNull();
    expect(await problem(late)).toMatchObject({ status: 429, code: 'sign-in-slowed' });
    expect([await opens(here), await opens(there)]).toEqual([true, true]);
    expect((await post(service.url, '/api/session', { login, passphrase })).status).toBe(200);
    service.sessionClock.set(null);
  });

  test.each([
    ['short', 'passphrase-too-weak'],
    ['password123456', 'passphrase-common'],
    ['Dounia Haddad 1', 'passphrase-common'],
    ['atlas atlas 2026', 'passphrase-common'],
  ])('is not changed to %s', async (wanted, code) => {
    const token = await signIn(service.url, await newOfficer());
    const answer = await problem(await change(token, passphrase, wanted));
    expect(answer).toMatchObject({ status: 400, code, at: '/passphrase' });
    expect(JSON.stringify(answer)).not.toContain(wanted);
  });

  test('is not a common one when an administrator makes an officer either', async () => {
    const rights = { role: 'analyst', clearance: 1, compartments: [], desks: ['analysis'], language: 'ar' };
    const root = { authorization: `Bearer ${await service.token('root')}` };
    for (const words of ['iloveyou monkey', 'sunshine-2024', 'Atlas atlas 2024']) {
      const body = { login: 'new-officer', displayName: 'X', ...rights, passphrase: words };
      const answer = await problem(await post(service.url, '/api/officers', body, root));
      expect(answer).toMatchObject({ status: 400, code: 'passphrase-common', at: '/passphrase' });
    }
  });
});

describe('[ACC-12] the own sessions', () => {
  test('are listed, the last used first, and show which one asks', async () => {
    const login = await newOfficer();
    const [first, second] = [await signIn(service.url, login), await signIn(service.url, login)];
    const seen = await withToken(service.url, first).listSessions();
    expect(seen).toHaveLength(2);
    expect(seen.filter(({ current }) => current)).toHaveLength(1);
    const other = await withToken(service.url, second).listSessions();
    expect(other.find(({ current }) => current)?.id).toBe(seen.find(({ current }) => !current)?.id);
    expect(JSON.stringify(seen)).not.toContain(first);
  });

  test('end one by one, at once, with what they follow', async () => {
    const login = await newOfficer();
    const [here, there] = [await signIn(service.url, login), await signIn(service.url, login)];
    const client = withToken(service.url, here);
    const other = (await client.listSessions()).find(({ current }) => !current)?.id ?? '';
    const live = await fetch(service.url + livePath, { headers: { cookie: `tansiq_session=${there}` } });
    let ended = false;
    void live.text().then(
      () => {
        ended = true;
      },
      () => undefined,
    );
    await client.endSession({ params: { id: other } });
    await until(async () => (ended ? true : undefined), 2_000);
    expect([await opens(here), await opens(there)]).toEqual([true, false]);
    expect(await client.listSessions()).toHaveLength(1);
  });

  test('of others are not there', async () => {
    const mine = withToken(service.url, await signIn(service.url, await newOfficer()));
    const theirs = withToken(service.url, await signIn(service.url, await newOfficer()));
    const [{ id = '' } = {}] = await theirs.listSessions();
    await expect(mine.endSession({ params: { id } })).rejects.toMatchObject({ refusal: { code: 'not-found' } });
    expect((await theirs.me()).login).toMatch(/^officer-/);
  });
});

test('[JRN-1] a change of passphrase, a wrong try and an ended session leave one line each', async () => {
  const own = await startService('meridian', [{ login: 'amina', role: 'analyst', desks: [] }]);
  const [here] = [await signIn(own.url, 'amina'), await signIn(own.url, 'amina')];
  const client = withToken(own.url, here);
  const { officer } = await client.me();
  const other = (await client.listSessions()).find(({ current }) => !current)?.id ?? '';
  await client.endSession({ params: { id: other } });
  const body = { currentPassphrase: passphrase, passphrase: newWords };
  await client.changePassphrase({ body: { ...body, currentPassphrase: 'a wrong one' } }).catch(() => undefined);
  expect(await client.changePassphrase({ body })).toEqual({ endedSessions: 0 });
  await own.node.close();
  const { database, store } = await openPostgres({ home: join(own.home, 'database') });
  const lines = await database.asActor({ kind: 'node' }, (tx) =>
    tx
      .selectFrom('journal')
      .select(['act', 'actor_kind', 'reason'])
      .where('actor', '=', officer)
      .orderBy('seq')
      .execute(),
  );
  const acts = ['session.opened', 'session.opened', 'session.ended', 'session.refused', 'passphrase.changed'];
  expect(lines).toEqual(acts.map((act) => ({ act, actor_kind: 'sign-in', reason: null })));
  await store.close();
  await database.close();
  await rm(own.home, { recursive: true, force: true });
});

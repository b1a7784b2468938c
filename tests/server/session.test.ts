import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionLimits } from '#src/features/session/server/sessions.ts';
import { passphrase, post, problem, type Service, sessionOf, startService, withToken } from './service.ts';

let service: Service;
let url: string;
beforeAll(async () => {
  service = await startService('atlas', [
    { login: 'amina', role: 'liaison', desks: ['liaison'] },
    { login: 'brahim', role: 'analyst', desks: ['analysis'] },
    { login: 'chafik', role: 'liaison', desks: ['liaison'] },
  ]);
  url = service.node.url;
});
afterAll(() => service?.stop());

const who = (headers: Record<string, string>) => fetch(`${url}/api/session`, { headers });
const cookie = (token: string) => ({ cookie: `tansiq_session=${token}` });
const required = { status: 401, code: 'sign-in-required' };

describe('signing in', () => {
  test('gives a cookie that no script and no other site can use', async () => {
    const response = await post(url, '/api/session', { login: 'amina', passphrase });
    expect(response.status).toBe(200);
    const [set = ''] = response.headers.getSetCookie();
    expect(set).toMatch(/^tansiq_session=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    expect((await who(cookie(sessionOf(response)))).status).toBe(200);
  });

  test('[ACC-12] gives one answer for a wrong passphrase, an unknown login and a disabled officer', async () => {
    const administrator = await service.as('root');
    const officers = await administrator.listOfficers();
    await administrator.disableOfficer({ params: { id: officers.find((one) => one.login === 'chafik')?.id ?? '' } });
    const answers = await Promise.all(
      [
        { login: 'amina', passphrase: 'another passphrase' },
        { login: 'nobody', passphrase },
        { login: 'chafik', passphrase },
      ].map(async (given) => problem(await post(url, '/api/session', given))),
    );
    for (const { status, code, title } of answers) {
      expect({ status, code, title }).toEqual({ status: 401, code: 'sign-in-failed', title: answers[0]?.title });
    }
  });

  test('one click opens nothing on a node that is no demo', async () => {
    const officer = await post(url, '/api/demo/session', { login: 'amina' });
    expect(await problem(officer)).toMatchObject({ status: 404, code: 'not-found' });
    const clock = await post(url, '/api/demo/clock', { now: '2030-01-01T00:00:00Z' });
    expect(await problem(clock)).toMatchObject({ status: 404, code: 'not-found' });
    const entrance = (await (await fetch(`${url}/api/entrance`)).json()) as { officers: unknown[] };
    expect(entrance.officers).toEqual([]);
  });
});

describe('a session', () => {
  test('is nobody’s without its token, whatever the token looks like', async () => {
    const token = await service.token('amina');
    const other = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    for (const forged of ['', 'x', other, `${token}A`, '0'.repeat(4_000), 'اسم']) {
      expect(await problem(await who(cookie(encodeURIComponent(forged))))).toMatchObject(required);
    }
    expect(await problem(await who({ authorization: 'Bearer' }))).toMatchObject(required);
    expect(await problem(await who({ authorization: `Basic ${token}` }))).toMatchObject(required);
    expect((await who({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('ends with the sign-out, at once', async () => {
    const token = await service.token('amina');
    await withToken(url, token).signOut();
    expect(await problem(await who(cookie(token)))).toMatchObject(required);
  });

  test.each([
    ['two hours after it was last used', sessionLimits.idleMs, 0],
    ['twelve hours after it began, used or not', sessionLimits.lifetimeMs, sessionLimits.idleMs / 2],
  ])('ends %s', async (_name, afterMs, everyMs) => {
    const begun = Date.now();
    const token = await service.token('amina');
    for (let at = everyMs; everyMs > 0 && at < afterMs; at += everyMs) {
      service.sessionClock.set(begun + at);
      expect((await who(cookie(token))).status).toBe(200);
    }
    service.sessionClock.set(begun + afterMs - 60_000);
    expect((await who(cookie(token))).status).toBe(200);
    service.sessionClock.set(begun + (everyMs > 0 ? afterMs : 2 * afterMs) + 60_000);
    expect(await problem(await who(cookie(token)))).toMatchObject(required);
    service.sessionClock.set(null);
  });

  test('ends when its officer is disabled', async () => {
    const administrator = await service.as('root');
    const rights = { role: 'analyst' as const, clearance: 1, compartments: [], desks: ['analysis'] };
    const { id } = await administrator.createOfficer({
      body: { login: 'dounia', displayName: 'Dounia', ...rights, language: 'ar', passphrase },
    });
    const token = await service.token('dounia');
    expect((await who(cookie(token))).status).toBe(200);
    await administrator.disableOfficer({ params: { id } });
    expect(await problem(await who(cookie(token)))).toMatchObject(required);
  });
});

describe('a forged request', () => {
  const write = (token: string, headers: Record<string, string>) =>
    fetch(`${url}/api/session/language`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...cookie(token), ...headers },
      body: JSON.stringify({ language: 'ar' }),
    });
  const forged = { status: 403, code: 'request-forged' };

  test('is a write by cookie without our header, or from another origin', async () => {
    const token = await service.token('amina');
    const ours = { 'x-tansiq': '1' };
    expect(await problem(await write(token, {}))).toMatchObject(forged);
    expect(await problem(await write(token, { 'x-tansiq': 'yes' }))).toMatchObject(forged);
    for (const origin of ['https://elsewhere.example', 'null', url.replace(/:\d+$/, ':1')]) {
      expect(await problem(await write(token, { ...ours, origin }))).toMatchObject(forged);
    }
    expect(await problem(await write(token, { ...ours, 'sec-fetch-site': 'same-site' }))).toMatchObject(forged);
    expect((await write(token, ours)).status).toBe(200);
    expect((await write(token, { ...ours, origin: url })).status).toBe(200);
  });

  test('can sign nobody in or out either', async () => {
    const given = { login: 'amina', passphrase };
    const answer = await post(url, '/api/session', given, { origin: 'https://elsewhere.example' });
    expect(await problem(answer)).toMatchObject(forged);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('cannot be made with a bearer token, which no browser sends by itself', async () => {
    const token = await service.token('amina');
    const response = await write('', { authorization: `Bearer ${token}` });
    expect(response.status).toBe(200);
  });
});

describe('officers', () => {
  test('[ACC-22] are managed by administrators alone, and never their own account', async () => {
    const administrator = await service.as('root');
    const amina = await service.token('amina');
    expect((await administrator.listOfficers()).map(({ login }) => login)).toContain('amina');
    const list = await fetch(`${url}/api/officers`, { headers: cookie(amina) });
    expect(await problem(list)).toMatchObject({ status: 403, code: 'not-allowed' });
    const own = (await administrator.me()).officer;
    await expect(administrator.disableOfficer({ params: { id: own } })).rejects.toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });

  test('have one login each, and a passphrase that is none of the first guesses', async () => {
    const administrator = await service.as('root');
    const given = { displayName: 'X', role: 'analyst', clearance: 0, language: 'fr' } as const;
    const create = (login: string, words: string) =>
      administrator.createOfficer({ body: { ...given, compartments: [], desks: [], login, passphrase: words } }).then(
        () => 'created',
        (error: { refusal: { code: string } }) => error.refusal.code,
      );
    expect(await create('amina', passphrase)).toBe('login-taken');
    expect(await create('esma', 'short')).toBe('passphrase-too-weak');
    expect(await create('esma', 'aaaaaaaaaaaaaaaa')).toBe('passphrase-too-weak');
    expect(await create('esmahane-long', 'esmahane-long1')).toBe('passphrase-too-weak');
    expect(await create('esma', 'password123456')).toBe('passphrase-common');
    expect(await create('esma', passphrase)).toBe('created');
  });

  test.each(['amina', 'root'])('choose their language: %s', async (login) => {
    const officer = await service.as(login);
    for (const language of ['ar', 'en'] as const) {
      expect((await officer.chooseLanguage({ body: { language } })).language).toBe(language);
      expect((await officer.me()).language).toBe(language);
    }
  });
});

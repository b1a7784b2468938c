/** Guessing at a login, and too much of anything: it slows whoever does it, and nobody else. Addresses as a trusted proxy says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brakeLimits } from '#src/features/session/server/sign-in-brake.ts';
import { ratesPerMinute } from '#src/server/rate-limits.ts';
import { passphrase, post, problem, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService(
    'atlas',
    [
      { login: 'amina', role: 'liaison', desks: ['liaison'] },
      { login: 'brahim', role: 'analyst', desks: ['analysis'] },
    ],
    { trustedProxies: ['127.0.0.1'] },
  );
  // Time stands still: how long one has to wait does not depend on how fast this machine is.
  service.sessionClock.set(Date.now());
});
afterAll(() => service?.stop());

let hosts = 0;
/** An address that no test has used. */
const newAddress = () => `198.51.100.${++hosts}`;
const from = (address: string, more: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...more });
const signIn = (headers: Record<string, string>, login = 'amina', words = passphrase) =>
  post(service.url, '/api/session', { login, passphrase: words }, headers);
const guess = async (address: string, times: number, login = 'amina') => {
  for (let n = 0; n < times; n++) await signIn(from(address), login, `guess ${n}`);
};
const deviceOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('tansiq_device_'))
    ?.split(';')[0] ?? '';

describe('[ACC-12] wrong passphrases', () => {
  test('slow the address that sends them, known login or not, and say for how long', async () => {
    for (const login of ['amina', 'nobody-at-all']) {
      const address = newAddress();
      await guess(address, brakeLimits.free.login, login);
      const late = await signIn(from(address), login);
      expect(late.headers.get('retry-after')).toBe('2');
      expect(await problem(late)).toMatchObject({ status: 429, code: 'sign-in-slowed', limit: 2 });
    }
  });

  test('of strangers lock no officer out, whatever they try: elsewhere the right one opens at once', async () => {
    for (let n = 0; n < 12; n++) await guess(newAddress(), brakeLimits.free.login);
    expect((await signIn(from(newAddress()))).status).toBe(200);
  });

  test('of strangers at the officer’s own address do not slow a device on which the officer signed in', async () => {
    const address = newAddress();
    const first = await signIn(from(address));
    const cookie = deviceOf(first);
    expect(first.headers.getSetCookie().find((one) => one.startsWith(cookie))).toMatch(/; HttpOnly; SameSite=Strict$/);
    await guess(address, brakeLimits.free.login);
    await guess(address, brakeLimits.free.login, 'brahim');
    expect((await signIn(from(address))).status).toBe(429);
    expect((await signIn(from(address, { cookie }))).status).toBe(200);
    // It is this officer's, on this node, as it was given.
    expect((await signIn(from(address, { cookie }), 'brahim')).status).toBe(429);
    const forged = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await signIn(from(address, { cookie: forged.replace(/\.\d+\./, '.99999.') }))).status).toBe(429);
  });

  test('are slowed on a known device too, by themselves', async () => {
    const cookie = deviceOf(await signIn(from(newAddress())));
    for (let n = 0; n < brakeLimits.free.device; n++) {
      expect((await signIn(from(newAddress(), { cookie }), 'amina', `guess ${n}`)).status).toBe(401);
    }
    expect((await signIn(from(newAddress(), { cookie }))).status).toBe(429);
    expect((await signIn(from(newAddress()))).status).toBe(200);
  });

  test('count the /64 of an IPv6 address as one', async () => {
    for (let n = 0; n < brakeLimits.free.login; n++) await signIn(from(`2001:db8:1:2::${n + 1}`), 'amina', 'a guess');
    expect((await signIn(from('2001:db8:1:2:ffff::1'))).status).toBe(429);
    expect((await signIn(from('2001:db8:1:3::1'))).status).toBe(200);
  });

  test('that were slowed stand in the journal in few lines, and an administrator sees whose they are', async () => {
    const root = await service.as('root');
    const before = (await root.listSlowDowns()).lastDay;
    const address = newAddress();
    await guess(address, 40, 'brahim');
    await guess(address, 5, 'PASSPHRASE in the wrong field');
    const { now, lastDay } = await root.listSlowDowns();
    expect(lastDay - before).toBeGreaterThan(0);
    expect(lastDay).toBeLessThanOrEqual(brakeLimits.notesPerHour);
    expect(now.find((one) => one.address === address && one.officer?.login === 'brahim')).toMatchObject({
      failures: brakeLimits.free.login,
    });
    expect(JSON.stringify(now)).not.toContain('PASSPHRASE');
    const amina = `Bearer ${await service.token('amina')}`;
    const asked = await fetch(`${service.url}/api/officers/slow-downs`, { headers: { authorization: amina } });
    expect(await problem(asked)).toMatchObject({ status: 403 });
  });
});

describe('[ADM-2] too many requests', () => {
  const many = async (count: number, ask: () => Promise<Response>) => {
    const statuses = new Map<number, number>();
    for (let left = count; left > 0; left -= 50) {
      const answers = await Promise.all(Array.from({ length: Math.min(50, left) }, ask));
      for (const answer of answers) {
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        await answer.arrayBuffer();
      }
    }
    return statuses;
  };

  test.each([
    ['a page that is not there', '/api/no-such-thing', 404],
    ['an address that is none', '/api/%E0%A4%A', 400],
    ['what needs a session', '/api/inbox?view=waiting', 401],
  ])('for %s count, and shut out their own address alone', async (_name, path, status) => {
    const address = newAddress();
    const officer = { authorization: `Bearer ${await service.token('amina')}` };
    const ask = (more: Record<string, string>) => fetch(service.url + path, { headers: more });
    expect((await fetch(`${service.url}/api/session`, { headers: from(address, officer) })).status).toBe(200);
    const statuses = await many(ratesPerMinute.requests + 50, () => ask(from(address)));
    // The first request of the session came from there too, before it was known whose it was.
    expect([statuses.get(status), statuses.get(429)]).toEqual([ratesPerMinute.requests - 1, 51]);
    const refused = await ask(from(address));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problem(refused)).toMatchObject({ status: 429, code: 'rate-exceeded' });
    expect((await ask(from(newAddress()))).status).toBe(status);
    // Nor does it shut out an officer who was admitted before, from that very address.
    expect((await fetch(`${service.url}/api/session`, { headers: from(address, officer) })).status).toBe(200);
  });

  test('of one officer shut out that officer alone, from whatever address they come', async () => {
    const officer = { authorization: `Bearer ${await service.token('brahim')}` };
    const ask = () => fetch(`${service.url}/api/no-such-thing`, { headers: from(newAddress(), officer) });
    await fetch(`${service.url}/api/session`, { headers: officer });
    hosts = 0;
    const statuses = await many(ratesPerMinute.requests + 10, () =>
      fetch(`${service.url}/api/no-such-thing`, { headers: from(`203.0.113.${++hosts % 250}`, officer) }),
    );
    expect(statuses.get(429)).toBeGreaterThanOrEqual(10);
    expect((await ask()).status).toBe(429);
    expect((await (await service.as('amina')).me()).login).toBe('amina');
  });

  test('an address that nobody trusts to say it is not believed', async () => {
    const plain = await startService('plain', [], { trustedProxies: ['10.0.0.0/8'] });
    for (let n = 0; n < brakeLimits.free.login; n++) {
      await post(plain.url, '/api/session', { login: 'x', passphrase: 'y' }, from(newAddress()));
    }
    const late = await post(plain.url, '/api/session', { login: 'x', passphrase: 'y' }, from(newAddress()));
    expect(late.status).toBe(429);
    await plain.stop();
  });
});

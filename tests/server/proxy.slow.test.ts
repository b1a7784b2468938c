/** A node behind a real reverse proxy, as the operator's guide says: who asks is told apart by real address. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { brakeLimits } from '#src/features/session/server/sign-in-brake.ts';
import { ratesPerMinute } from '#src/server/rate-limits.ts';
import { noNginx, type ReverseProxy, startNginx } from '../nginx.ts';
import { passphrase, type Service, startService } from './service.ts';
import { envelopeHead, sendStrangersAway, stranger, whole } from './slow-senders.ts';
import { until } from './trust.ts';

if (noNginx !== null) {
  it.skip(`a node behind a reverse proxy: ${noNginx}`, () => undefined);
} else {
  describe('behind nginx', tests);
}

function tests(): void {
  let service: Service;
  let proxy: ReverseProxy;
  beforeAll(async () => {
    service = await startService('atlas', [{ login: 'amina', role: 'liaison', desks: ['liaison'] }], {
      trustedProxies: ['127.0.0.1'],
    });
    // How long one has to wait does not depend on how fast this machine is.
    service.sessionClock.set(Date.now());
    proxy = await startNginx(service.url);
  });
  afterAll(async () => {
    sendStrangersAway();
    await proxy?.stop();
    await service?.stop();
  });

  interface Asked {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  }
  /** Asks through the proxy, from an address of this machine. */
  function ask(from: string, path: string, { method = 'GET', body, headers = {} }: Asked = {}) {
    return new Promise<{ status: number; retryAfter: string | undefined; text: string }>((resolve, reject) => {
      const asked = request(proxy.url + path, { method, localAddress: from, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], text }),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  const signIn = (from: string, words = passphrase, login = 'amina') =>
    ask(from, '/api/session', {
      method: 'POST',
      body: JSON.stringify({ login, passphrase: words }),
      headers: { 'content-type': 'application/json', 'x-tansiq': '1', origin: proxy.url },
    });

  test('[ADM-2] too many requests of one address shut out that address alone, whatever it says of itself', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < ratesPerMinute.requests + 50; n += 50) {
      const headers = { 'x-forwarded-for': `203.0.113.${n % 250}`, 'x-real-ip': '203.0.113.1' };
      const some = Array.from({ length: 50 }, () => ask('127.0.0.5', '/no-such-page', { headers }));
      statuses.push(...(await Promise.all(some)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
    expect((await ask('127.0.0.5', '/api/entrance')).status).toBe(429);
    expect((await ask('127.0.0.6', '/api/entrance')).status).toBe(200);
    expect((await signIn('127.0.0.6')).status).toBe(200);
  });

  test('[ACC-12] sixty wrong passphrases slow the address that sent them, and lock nobody out', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 60; n++) statuses.push((await signIn('127.0.0.7', `guess ${n}`)).status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(brakeLimits.free.login + 5);
    const late = await signIn('127.0.0.7');
    expect(late.status).toBe(429);
    expect(Number(late.retryAfter)).toBeGreaterThan(0);
    expect((await signIn('127.0.0.8')).status).toBe(200);
  });

  test('[ADM-2] half-sent bodies wait at the proxy, and keep nobody out', async () => {
    const words = `${whole(envelopeHead(8 * 1024 * 1024))}T`;
    const strangers = Array.from({ length: 200 }, () => stranger(proxy.url, words, '127.0.0.9'));
    await until(async () => (strangers.every(({ socket }) => !socket.connecting) ? true : undefined));
    const answer = await ask('127.0.0.10', '/exchange/v1', {
      method: 'POST',
      body: 'no envelope',
      headers: { 'content-type': 'application/vnd.tansiq.envelope' },
    });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'envelope-malformed' });
    sendStrangersAway();
  });

  test('open screens hear of changes at once', async () => {
    const token = await service.token('amina');
    const live = await fetch(`${proxy.url}/api/live`, { headers: { cookie: `tansiq_session=${token}` } });
    const reader = live.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe(':\n\n');
    await reader?.cancel();
  });
}

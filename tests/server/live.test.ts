import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { livePath } from '#src/features/live/contract.ts';
import { streamsPerOfficerMax } from '#src/server/live-hub.ts';
import { problem, reportInput, type Service, startService, withToken } from './service.ts';
import { until } from './trust.ts';

let service: Service;
beforeAll(async () => {
  service = await startService('atlas', [
    { login: 'amina', role: 'liaison', desks: ['liaison'] },
    { login: 'brahim', role: 'analyst', desks: ['analysis'] },
  ]);
});
afterAll(() => service?.stop());

async function listen(token: string) {
  const ending = new AbortController();
  const response = await fetch(service.node.url + livePath, {
    headers: { cookie: `tansiq_session=${token}` },
    signal: ending.signal,
  });
  let text = '';
  let ended = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) text += decoder.decode(part as Uint8Array, { stream: true });
    ended = true;
  })().catch(() => undefined);
  return {
    response,
    said: () => text,
    events: () => [...text.matchAll(/^event: (\w+)\ndata: (\w+)\n\n/gm)].map(([, event, data]) => `${event} ${data}`),
    hasEnded: () => ended,
    async leave() {
      ending.abort();
      await reading;
    },
  };
}

describe('live events', () => {
  test('are for officers with a session alone', async () => {
    const response = await fetch(service.node.url + livePath);
    expect(await problem(response)).toMatchObject({ status: 401, code: 'sign-in-required' });
  });

  test('name a topic and nothing else, whoever listens', async () => {
    const token = await service.token('brahim');
    const live = await listen(token);
    expect(live.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(live.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const { record } = await (await service.as('amina')).createReport({ body: reportInput({ title: 'Titre secret' }) });
    await until(async () => (live.events().includes('changed inbox') ? true : undefined));
    expect(new Set(live.events())).toEqual(new Set(['changed inbox', 'changed records']));
    expect(
      live
        .said()
        .replaceAll(/^(:|event: changed|data: (inbox|records)|)$/gm, '')
        .trim(),
    ).toBe('');
    expect(live.said()).not.toContain(record);
    await live.leave();
  });

  test('end at once when their officer is disabled', async () => {
    const live = await listen(await service.token('brahim'));
    const other = await listen(await service.token('amina'));
    const root = await service.as('root');
    const id = (await root.listOfficers()).find(({ login }) => login === 'brahim')?.id ?? '';
    await root.disableOfficer({ params: { id } });
    await until(async () => (live.hasEnded() ? true : undefined), 2_000);
    expect(other.hasEnded()).toBe(false);
    await other.leave();
  });

  test('[ADM-2] are so many for one officer, who leaves room to others and has it again', async () => {
    const token = await service.token('amina');
    const all = await Promise.all(Array.from({ length: streamsPerOfficerMax }, () => listen(token)));
    expect(all.every(({ response }) => response.ok)).toBe(true);
    const again = await service.token('amina');
    const more = await fetch(service.node.url + livePath, { headers: { cookie: `tansiq_session=${again}` } });
    expect(more.headers.get('retry-after')).not.toBeNull();
    expect(await problem(more)).toMatchObject({ status: 429, code: 'rate-exceeded' });
    const root = await listen(await service.token('root'));
    expect(root.response.ok).toBe(true);
    await root.leave();
    for (const live of all) await live.leave();
    await until(async () => {
      const live = await listen(token);
      await live.leave();
      return live.response.ok ? true : undefined;
    });
  });

  test('end with the session', async () => {
    const token = await service.token('amina');
    const live = await listen(token);
    const other = await listen(await service.token('amina'));
    await withToken(service.node.url, token).signOut();
    await until(async () => (live.hasEnded() ? true : undefined));
    expect(other.hasEnded()).toBe(false);
    await other.leave();
  });
});

/** The door that anyone can knock at: what strangers hold of it keeps no partner out, and nothing stays half open. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problem, reportInput } from './service.ts';
import { drip, envelopeHead, type Stranger, sendStrangersAway, stranger, whole } from './slow-senders.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

const largest = 8 * 1024 * 1024;
// Beside a busy machine; half-sent bodies held the door for 70 seconds and more.
const atOnceMs = 15_000;
const patience = { progressMs: 1_500, checkEveryMs: 100 };
let atlas: Neighbour;
let meridian: Neighbour;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
});
afterEach(sendStrangersAway);
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

/** How long an urgent report takes from Atlas into Meridian's inbox, in milliseconds. */
async function urgentReport(): Promise<number> {
  const begun = Date.now();
  const liaison = await atlas.as('liaison');
  const { record } = await liaison.createReport({ body: reportInput({ recipients: [meridian.id] }) });
  const reader = await meridian.as('liaison');
  await until(async () => {
    const { items } = await reader.listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
  return Date.now() - begun;
}
const knock = () =>
  fetch(`${meridian.url}/exchange/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.tansiq.envelope' },
    body: 'no envelope',
  });
const standing = (all: readonly { endedAfter(): number | undefined }[]) =>
  all.filter(({ endedAfter }) => endedAfter() === undefined).length;

describe('[ADM-2] an urgent report of a partner goes through at once', () => {
  test.each([
    ['32 half-sent bodies', 32, '127.0.0.1'],
    ['200 half-sent bodies', 200, '127.0.0.1'],
    ['200 half-sent bodies of another address', 200, '127.0.0.9'],
  ])('beside %s', async (_name, count, from) => {
    const words = `${whole(envelopeHead(largest))}T`;
    const strangers = Array.from({ length: count }, () => stranger(meridian.url, words, from));
    await until(async () => (strangers.every(({ socket }) => !socket.connecting) ? true : undefined));
    expect(await urgentReport()).toBeLessThan(atOnceMs);
    expect(await problem(await knock())).toMatchObject({ code: 'envelope-malformed' });
    // What one address keeps open is bounded, though none of it is old.
    expect(standing(strangers)).toBeLessThanOrEqual(32);
  });

  test('beside half-sent bodies from a hundred addresses', async () => {
    await urgentReport();
    const words = `${whole(envelopeHead(largest))}T`;
    for (let n = 1; n <= 100; n++) stranger(meridian.url, words, `127.0.1.${n}`);
    expect(await urgentReport()).toBeLessThan(atOnceMs);
  });

  test('beside whole bodies that are no envelopes, as many as one can send', async () => {
    await urgentReport();
    const words = `${whole(envelopeHead(1_000))}${'x'.repeat(1_000)}`;
    const strangers = Array.from({ length: 8 }, () => stranger(meridian.url, words, '127.0.0.9'));
    const again = setInterval(() => {
      for (const { socket } of strangers) if (!socket.destroyed) socket.write(words);
    }, 5);
    expect(await urgentReport()).toBeLessThan(atOnceMs);
    clearInterval(again);
  });

  test('beside two thousand connections that say nothing, and officers and health are served too', async () => {
    const strangers: Stranger[] = [];
    // Not all in one moment: what the system has not handed over yet is not the node's to close.
    for (let group = 1; group <= 20; group++) {
      strangers.push(...Array.from({ length: 100 }, () => stranger(meridian.url, '', `127.0.2.${group}`)));
      await until(async () => (strangers.every(({ socket }) => !socket.connecting) ? true : undefined));
    }
    expect(await urgentReport()).toBeLessThan(atOnceMs);
    expect((await fetch(`${meridian.url}/health/ready`)).status).toBe(200);
    await expect.poll(() => standing(strangers), { timeout: 5_000 }).toBeLessThanOrEqual(1_000);
  });
});

describe('[ADM-2] what makes no progress is ended', () => {
  let patient: Neighbour;
  beforeAll(async () => {
    [patient] = await startTogether(['north', 'south'], { patience });
  });
  afterAll(async () => {
    await patient?.stop();
  });

  test('a body that stands still or drips, with 408; one that goes on is taken', async () => {
    const words = whole(envelopeHead(largest));
    const still = stranger(patient.url, `${words}T`);
    const dripping = stranger(patient.url, words);
    drip(dripping, 100);
    const officers = stranger(
      patient.url,
      whole([
        'POST /api/session HTTP/1.1',
        'host: node',
        'x-tansiq: 1',
        'content-type: application/json',
        'content-length: 99',
      ]),
    );
    const steady = stranger(patient.url, whole(envelopeHead(30 * 8_000)));
    for (let n = 0; n < 30; n++) {
      steady.socket.write('x'.repeat(8_000));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const slow of [still, dripping, officers]) {
      await until(async () => slow.endedAfter());
      expect(slow.said()).toMatch(/^HTTP\/1\.1 408 /);
      expect(slow.endedAfter()).toBeLessThan(atOnceMs);
    }
    await until(async () => (steady.said().includes('envelope-malformed') ? true : undefined));
    expect(steady.said()).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a head that never ends, a connection that says nothing, one that waits for more', async () => {
    const headless = stranger(patient.url, 'POST /exchange/v1 HTTP/1.1\r\nhost: node\r\nx-a: ');
    drip(headless, 500);
    const silent = stranger(patient.url);
    const idle = stranger(patient.url, whole(['GET /health/live HTTP/1.1', 'host: node']));
    await until(async () => ([headless, silent, idle].every((one) => one.endedAfter()) ? true : undefined));
    for (const one of [headless, silent, idle]) expect(one.endedAfter()).toBeLessThan(18_000);
    expect(headless.said()).toMatch(/^HTTP\/1\.1 408 /);
    expect(idle.said()).toMatch(/^HTTP\/1\.1 200 /);
  }, 40_000);
});

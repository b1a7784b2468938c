/** The door that anyone can knock at: what it holds in memory at once is bounded. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem, type Service, startService } from './service.ts';

let service: Service;
const open: Socket[] = [];
beforeAll(async () => {
  service = await startService('atlas', []);
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await service?.stop();
});

const knock = () =>
  fetch(`${service.url}/exchange/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.tansiq.envelope' },
    body: 'no envelope',
  });

/** A sender that announces the largest envelope and then takes its time. */
function slowSender(): void {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  const head = ['POST /exchange/v1 HTTP/1.1', `host: ${hostname}:${port}`, `content-length: ${8 * 1024 * 1024}`];
  socket.write(`${[...head, 'content-type: application/vnd.tansiq.envelope'].join('\r\n')}\r\n\r\nT`);
  open.push(socket);
}

test('[ADM-2] reads only so many envelopes at once, and takes more when those are done', async () => {
  expect(await problem(await knock())).toMatchObject({ code: 'envelope-malformed' });
  for (let n = 0; n < 40; n++) slowSender();
  await expect.poll(async () => (await problem(await knock())).code, { timeout: 5_000 }).toBe('rate-exceeded');
  // Officers come by another door.
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  for (const socket of open) socket.destroy();
  await expect.poll(async () => (await problem(await knock())).code, { timeout: 5_000 }).toBe('envelope-malformed');
}, 30_000);

import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { createClient } from '#src/features/client.ts';
import { type NodeOptions, type RunningNode, startNode } from '#src/server/node.ts';
import { passphrase, post, problem, setUpInput, signIn, temporaryHome, withToken } from './service.ts';

const running: RunningNode[] = [];
const homes: string[] = [];
afterEach(async () => {
  for (const node of running.splice(0)) await node.close();
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});
const newHome = async () => {
  const home = await temporaryHome();
  homes.push(home);
  return home;
};
const start = async (home: string, options: Partial<NodeOptions> = {}) => {
  const node = await startNode({ home, port: 0, logLevel: 'silent', ...options });
  running.push(node);
  return node;
};
const stop = async (node: RunningNode) => {
  running.splice(running.indexOf(node), 1);
  await node.close();
};

describe('the first start', () => {
  test('[ACC-22] serves the set-up alone, once, and begins its work without a restart', async () => {
    const { url } = await start(await newHome());
    const door = createClient(url);
    expect(await door.entrance()).toMatchObject({ needsSetUp: true, service: null, officers: [] });
    expect((await post(url, '/api/session', { login: 'root', passphrase })).status).toBe(404);
    expect((await fetch(`${url}/exchange/v1`, { method: 'POST' })).status).toBe(404);
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ ready: true });

    const input = setUpInput('atlas', 'https://atlas.example');
    const weak = { ...input, administrator: { ...input.administrator, passphrase: 'rootrootroot' } };
    expect(await problem(await post(url, '/api/set-up', weak))).toMatchObject({
      code: 'passphrase-too-weak',
      at: '/administrator/passphrase',
    });
    const nowhere = await problem(await post(url, '/api/set-up', { ...input, url: 'javascript:alert(1)' }));
    expect(nowhere).toMatchObject({ code: 'input-invalid', at: '/url' });

    const both = await Promise.all([post(url, '/api/set-up', input), post(url, '/api/set-up', input)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const again = await problem(await post(url, '/api/set-up', setUpInput('other', 'https://other.example')));
    expect(again).toMatchObject({ status: 409, code: 'set-up-already-done' });
    expect(await door.entrance()).toMatchObject({ needsSetUp: false, service: null });
    expect(await (await fetch(`${url}/api/entrance`)).text()).not.toContain('atlas');
    const root = withToken(url, await signIn(url, 'root'));
    expect(await root.me()).toMatchObject({ role: 'administrator', service: { code: 'atlas' } });
  });

  test('that was cut off after the keys were made goes on with those keys', async () => {
    const home = await newHome();
    const { identity } = await createFileKeyring(join(home, 'keys'));
    const { url } = await start(home);
    const done = await createClient(url).setUp({ body: setUpInput('atlas', url) });
    expect(done.service).toBe(identity.service);
  });

  test('a service behind HTTPS gives its cookie to HTTPS alone, and says so for a year', async () => {
    const { url } = await start(await newHome());
    await createClient(url).setUp({ body: setUpInput('atlas', 'https://atlas.example') });
    const response = await post(url, '/api/session', { login: 'root', passphrase });
    expect(response.headers.getSetCookie()[0]).toContain('; Secure');
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });
});

describe('a node that is started again', () => {
  test('is who it was, and knows its officers', async () => {
    const home = await newHome();
    const first = await start(home);
    const { service } = await createClient(first.url).setUp({ body: setUpInput('atlas', first.url) });
    const token = await signIn(first.url, 'root');
    await stop(first);
    const second = await start(home);
    const root = withToken(second.url, token);
    expect((await root.me()).service.id).toBe(service);
  });

  test('does not start without its keys', async () => {
    const home = await newHome();
    const first = await start(home);
    await createClient(first.url).setUp({ body: setUpInput('atlas', first.url) });
    await stop(first);
    await rm(join(home, 'keys'), { recursive: true });
    await expect(start(home)).rejects.toMatchObject({ name: 'KeyringUnavailable', problem: 'missing' });
    // Nothing of the failed start holds the home.
    await expect(start(home)).rejects.toMatchObject({ name: 'KeyringUnavailable' });
  });
});

describe('the demo', () => {
  test('opens its ready-made officers with one click, moves its clock, gives its card to anyone', async () => {
    const neighbours = [{ code: 'meridian', names: { ar: 'م', fr: 'M', en: 'M' }, url: 'http://127.0.0.1:1' }];
    const { url } = await start(await newHome(), { demo: { officers: ['amina'], neighbours } });
    const door = createClient(url);
    await door.setUp({ body: setUpInput('atlas', url) });
    const root = withToken(url, await signIn(url, 'root'));
    const rights = { role: 'liaison' as const, clearance: 2, compartments: [], desks: ['liaison'] };
    await root.createOfficer({ body: { login: 'amina', displayName: 'Amina', ...rights, language: 'ar', passphrase } });
    const entrance = await door.entrance();
    expect(entrance).toMatchObject({ demo: true, neighbours });
    expect(entrance.officers.map(({ login }) => login)).toEqual(['amina']);

    const click = await post(url, '/api/demo/session', { login: 'amina' });
    expect(click.headers.getSetCookie()[0]).toMatch(/^tansiq_session=/);
    expect((await post(url, '/api/demo/session', { login: 'root' })).status).toBe(404);

    expect((await door.demoSetClock({ body: { now: '2031-05-06T07:08:09Z' } })).now).toMatch(/^2031-05-06T07:08:/);
    // A story of years ends no session.
    expect((await root.me()).now).toMatch(/^2031-05-06/);
    const real = await door.demoSetClock({ body: { now: null } });
    expect(Math.abs(Date.parse(real.now) - Date.now())).toBeLessThan(60_000);
    const wrong = await problem(await post(url, '/api/demo/clock', { now: 'tomorrow' }));
    expect(wrong).toMatchObject({ code: 'input-invalid', at: '/now' });

    const card = await fetch(`${url}/.well-known/tansiq-card`);
    expect(await card.text()).toBe((await root.ownCard()).card);
  });

  test('a real node gives its card to officers alone, unless told otherwise', async () => {
    const { url } = await start(await newHome());
    await createClient(url).setUp({ body: setUpInput('atlas', url) });
    expect((await fetch(`${url}/.well-known/tansiq-card`)).status).toBe(404);
  });
});

describe('the screens', () => {
  test('are one page for every address of a person, and files that never change', async () => {
    const home = await newHome();
    const screens = join(home, 'screens');
    await mkdir(join(screens, 'assets'), { recursive: true });
    await writeFile(join(screens, 'index.html'), '<!doctype html>\n<html><head>\n<title>T</title></head></html>');
    await writeFile(join(screens, 'assets', 'main-abc.js'), 'export {};');
    const { url } = await start(home, { screens });
    const pages = await Promise.all(['/', '/inbox', '/records/1?x=2'].map((path) => fetch(url + path)));
    for (const page of pages) {
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(await page.text()).toContain('<title>T</title>');
    }
    const script = await fetch(`${url}/assets/main-abc.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const path of ['/api/x', '/assets/none.js', '/assets/..%2Findex.html', '/health/x', '/exchange/v2']) {
      const response = await fetch(url + path);
      expect(response.status, path).toBe(404);
      expect(response.headers.get('content-type'), path).toMatch(/problem\+json/);
    }
  });
});

test('[ADM-2] a sender who never finishes is let go, and holds up nobody', async () => {
  const { url } = await start(await newHome());
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /api/set-up HTTP/1.1\r\nhost: x\r\n');
  const closed = new Promise<string>((resolve) => {
    let answer = '';
    socket.on('data', (part) => {
      answer += String(part);
    });
    socket.on('close', () => resolve(answer));
  });
  expect(await createClient(url).entrance()).toMatchObject({ needsSetUp: true });
  expect(await closed).toMatch(/^HTTP\/1\.1 408/);
});

test('the log says what was asked and how it went, and nothing of what was said', async () => {
  const home = await newHome();
  const script = `
    const { startNode } = await import('#src/server/node.ts');
    const node = await startNode({ home: ${JSON.stringify(home)}, port: 0, logLevel: 'info' });
    console.log(node.url);
    process.on('message', () => node.close().then(() => process.exit(0)));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (part) => {
    log += String(part);
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (part) => resolve(String(part).trim())),
  );
  await createClient(url).setUp({ body: setUpInput('atlas', url) });
  await post(url, '/api/session', { login: 'SECRETLOGIN', passphrase: 'SECRETPHRASE' }, { 'x-other': 'SECRETHEADER' });
  await fetch(`${url}/api/inbox?view=waiting&q=SECRETQUERY`, { headers: { cookie: 'tansiq_session=SECRETCOOKIE' } });
  await fetch(`${url}/SECRETPATH`);
  await post(url, '/api/session', { SECRETFIELD: 1 });
  child.send('end');
  await new Promise((resolve) => child.once('exit', resolve));
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ route, status }) => [route, status])).toContainEqual(['/api/inbox', 401]);
  expect(lines.every(({ requestId }) => typeof requestId === 'string')).toBe(true);
  expect(log).not.toMatch(/SECRET/);
});

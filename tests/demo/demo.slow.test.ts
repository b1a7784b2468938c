/** `npm start` as a person and a harsh machine see it: told once, told again after being cut off, quick the second time. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage, type Stage } from '#src/demo/stage.ts';
import { scenes } from '#src/demo/story/scenes.ts';
import { officerOf, type ServiceCode, serviceCodes, services } from '#src/demo/story/services.ts';
import { isFree, quietPorts } from '../quiet-ports.ts';
import { DemoProcess } from './demo-process.ts';

let home: string;
let basePort: number;
let stage: Stage;
const running: DemoProcess[] = [];

function start(more: readonly string[] = []): DemoProcess {
  const demo = new DemoProcess(home, basePort, more);
  running.push(demo);
  return demo;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tansiq-demo-'));
  basePort = await quietPorts(6);
  const urls = Object.fromEntries(
    serviceCodes.map((code, place) => [code, `http://127.0.0.1:${basePort + place}`]),
  ) as Parameters<typeof createStage>[0]['urls'];
  stage = createStage({ urls, onTime: () => {}, stop: new AbortController().signal });
});
afterAll(async () => {
  for (const demo of running) await demo.end('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** Processes of this demo's nodes: their one argument names the home. */
function nodePids(): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n');
  return table.filter((line) => line.includes('service-process') && line.includes(home)).map(Number.parseFloat);
}

/** How the story stands in one service, without what differs from one telling to the next. */
async function standing(code: ServiceCode) {
  const client = stage.seat(code, officerOf(code, 'liaison').login);
  const views = await Promise.all(
    (['arrived', 'sent'] as const).map((view) => client.listInbox({ query: { view, limit: 200 } })),
  );
  return views.map(({ items }) =>
    items
      .map(({ kind, title, at, unread, deliveries }) => ({
        kind,
        title,
        // The clock runs on while the story is played: how many seconds is the machine's affair.
        day: at.slice(0, 10),
        unread,
        steps: deliveries.map(({ recipient, step }) => `${recipient.code} ${step}`),
      }))
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  );
}
const everywhere = () => Promise.all(serviceCodes.map(standing));

const readyLine = () =>
  `ready: ${serviceCodes.map((code, at) => `${code} http://127.0.0.1:${basePort + at}`).join(' · ')}`;

describe('the demo', () => {
  let toldWithKills: Awaited<ReturnType<typeof everywhere>>;

  it('tells the whole story although nodes are killed in the middle of it, and ends with the ready line', async () => {
    const demo = start();
    for (const place of [/gives Meridian/, /reports the outcome/, /reads the answers/]) {
      await demo.line(place);
      const [victim] = nodePids().sort(() => Math.random() - 0.5);
      if (victim === undefined) throw new Error('no node runs');
      process.kill(victim, 'SIGKILL');
    }
    expect(await demo.line(/^ready: /)).toBe(readyLine());
    expect(demo.lines.at(-1)).toBe(readyLine());
    expect(demo.errors).toContain('started again');
    for (const { login, displayName } of services.flatMap(({ officers }) => officers)) {
      expect(demo.lines.some((line) => line.includes(login) && line.includes(displayName))).toBe(true);
    }
    toldWithKills = await everywhere();
    const reports = toldWithKills.flatMap(([arrived]) => arrived ?? []).filter(({ kind }) => kind === 'report');
    // All but the one above its agreement arrived, each once; one of them at a third service too.
    expect(reports).toHaveLength(scenes.filter(({ act }) => act === 'give' || act === 'pass-on').length - 1);
  }, 600_000);

  it('ends its nodes with itself, also when it is killed', async () => {
    const [demo] = running;
    expect(nodePids()).toHaveLength(3);
    await demo?.end('SIGKILL');
    for (let tries = 0; tries < 150 && nodePids().length > 0; tries++) await new Promise((r) => setTimeout(r, 100));
    expect(nodePids()).toEqual([]);
  });

  it('starts a second time without the story, with everything in place, and restarts a node that dies', async () => {
    const demo = start();
    expect(await demo.line(/^ready: /)).toBe(readyLine());
    expect(demo.lines.some((line) => line.includes('gives'))).toBe(false);
    expect(await everywhere()).toEqual(toldWithKills);
    const [victim] = nodePids();
    if (victim === undefined) throw new Error('no node runs');
    process.kill(victim, 'SIGKILL');
    for (let tries = 0; tries < 600 && !demo.errors.includes('started again'); tries++) {
      await new Promise((r) => setTimeout(r, 100));
    }
    // The stage waits for a node that is away.
    expect(await everywhere()).toEqual(toldWithKills);
    expect(nodePids()).not.toContain(victim);
    expect(await demo.end('SIGTERM')).toBe(0);
    expect(nodePids()).toEqual([]);
  }, 300_000);

  it('begins anew where an earlier telling was cut off, and ends the same', async () => {
    const cut = start(['--reset']);
    await cut.line(/gives Meridian/);
    await cut.end('SIGKILL');
    const demo = start();
    await demo.line(/^ready: /);
    expect(demo.lines.some((line) => line.includes('begins anew'))).toBe(true);
    expect(await everywhere()).toEqual(toldWithKills);
    expect(await demo.end('SIGINT')).toBe(0);
  }, 600_000);

  it('says which port is taken, by whom the home is used, and throws nothing of others away', async () => {
    const elsewhere = new DemoProcess(home, basePort + 3);
    expect(await elsewhere.ended()).toBe(2);
    expect(elsewhere.errors).toContain(`--port ${basePort}`);

    const other = await mkdtemp(join(tmpdir(), 'tansiq-demo-other-'));
    await mkdir(join(other, 'atlas'));
    await writeFile(join(other, 'atlas', 'mine'), 'mine');
    const foreign = new DemoProcess(other, basePort, ['--reset']);
    expect(await foreign.ended()).toBe(2);
    expect(await readdir(join(other, 'atlas'))).toEqual(['mine']);
    await rm(other, { recursive: true });

    const taken = createServer().listen(basePort + 1, '127.0.0.1');
    expect(await isFree(basePort + 1)).toBe(false);
    const blocked = new DemoProcess(other, basePort);
    expect(await blocked.ended()).toBe(2);
    expect(blocked.errors).toContain(`Port ${basePort + 1} is taken`);
    await new Promise((closed) => taken.close(closed));
    await expect(readdir(other)).rejects.toThrow('ENOENT');
  }, 180_000);
});

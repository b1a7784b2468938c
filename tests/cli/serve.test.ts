import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '#src/features/client.ts';

const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
let home: string;
let child: ChildProcess | null = null;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tansiq-serve-'));
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** Starts a node and gives what it says, up to the line that ends with `last`. */
async function serve(more: readonly string[], last: string): Promise<string> {
  const node = spawn(process.execPath, [entry, 'serve', '--port', '0', '--home', home, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = node;
  let out = '';
  node.stdout.setEncoding('utf8').on('data', (piece: string) => {
    out += piece;
  });
  while (!out.endsWith(`${last}\n`)) {
    await Promise.race([
      once(node.stdout, 'data'),
      once(node, 'exit').then(() => Promise.reject(new Error('it ended before it was ready'))),
    ]);
  }
  return out;
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  const node = child;
  if (!node) throw new Error('nothing runs');
  const gone = once(node, 'exit');
  node.kill(signal);
  await gone;
  return node.exitCode;
}

describe('tansiq serve', () => {
  it('tells a person where the node is and where to set it up, and ends in order on SIGTERM', async () => {
    const out = await serve(['--language', 'en'], 'tansiq set-up.');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    expect(out).toContain(`${url}/set-up`);
    expect(await createClient(url).entrance()).toMatchObject({ needsSetUp: true, demo: false });
    expect(await stop('SIGTERM')).toBe(0);
  });

  it('takes addresses and networks of trusted proxies, several times, and nothing else', async () => {
    const more = ['--trusted-proxy', '127.0.0.1', '--trusted-proxy', 'fd00::/8,10.0.0.0/8', '--json'];
    expect(await serve(more, '}')).toContain('"url"');
    expect(await stop('SIGTERM')).toBe(0);
    for (const wrong of ['proxy.example', '10.0.0.0/33']) {
      await expect(serve(['--trusted-proxy', wrong], '}')).rejects.toThrow('ended before it was ready');
      expect(child?.exitCode).toBe(2);
    }
  });

  it('tells a program the same in one document, and ends in order on SIGINT', async () => {
    const answer = JSON.parse(await serve(['--json'], '}')) as { url: string };
    expect(answer).toEqual({ url: expect.stringMatching(/^http:/), needsSetUp: true });
    expect(await stop('SIGINT')).toBe(0);
  });
});

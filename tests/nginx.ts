/** Debian's nginx in front of a node, with the lines that the operator's guide gives. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNginx } from '../tools/test-run/system-programs.ts';
import { quietPorts } from './quiet-ports.ts';

export interface ReverseProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** The reason for the skipped test, or null. */
export const noNginx = findNginx() === null ? 'no nginx on this machine' : null;

/** Starts one on a free port of this machine and waits until it listens. Throws what nginx says where it does not start. */
export async function startNginx(node: string): Promise<ReverseProxy> {
  const program = findNginx();
  if (program === null) throw new Error('no nginx');
  const folder = await mkdtemp(join(tmpdir(), 'tansiq-nginx-'));
  const port = await quietPorts(1);
  const lines = await readFile(new URL('../docs/nginx/tansiq.conf', import.meta.url), 'utf8');
  await writeFile(join(folder, 'tansiq.conf'), lines.replaceAll('http://127.0.0.1:7070', node));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
    events { worker_connections 1024; }
    http {
      access_log off;
      ${paths.map((path) => `${path}_temp_path ${folder}/${path};`).join(' ')}
      server { listen 127.0.0.1:${port}; include ${folder}/tansiq.conf; }
    }`,
  );
  const nginx = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve())).then(() => {
    hasEnded = true;
  });
  // Not left behind when the test process ends in the middle.
  const onExit = () => nginx.kill('SIGKILL');
  process.once('exit', onExit);
  while (!hasEnded && !(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  if (hasEnded) throw new Error(await readFile(join(folder, 'error.log'), 'utf8'));
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      nginx.kill('SIGTERM');
      await ended;
      process.off('exit', onExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

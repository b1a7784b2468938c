import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { quietPorts } from './quiet-ports.ts';

export interface PostgresCluster {
  readonly version: number;
  /** A new, empty database, and a login without rights that runs on it; reached over TCP, or by the server's socket. */
  createDatabase(by?: 'tcp' | 'socket'): Promise<{ url: string; ownerUrl: string }>;
  /** Stops the server and removes all of it. */
  stop(): Promise<void>;
}

/** Where initdb and postgres are, newest version first; null with the reason for the skipped test. */
export function findPostgres(): { bin: string } | { missing: string } {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const places = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  const bin = places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')));
  if (!bin)
    return { missing: 'no PostgreSQL on this machine (initdb neither in /usr/lib/postgresql/*/bin nor in PATH)' };
  if (isRoot() && unprivilegedUser() === null)
    return { missing: 'PostgreSQL does not run as root, and there is no user for it' };
  return { bin };
}

/** A server of our own in a temporary directory, durable as in production, gone after `stop`. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const found = findPostgres();
  if ('missing' in found) throw new Error(found.missing);
  const root = await mkdtemp(join(tmpdir(), 'tansiq-postgres-'));
  const user = isRoot() ? unprivilegedUser() : null;
  if (user) await chown(root, user.uid, user.gid);
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: root };
  const data = join(root, 'data');
  execFileSync(
    join(found.bin, 'initdb'),
    ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8'],
    { ...as, env, cwd: root, stdio: 'ignore' },
  );
  const port = await quietPorts(1);
  const server = spawn(
    join(found.bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', root, '-c', 'fsync=on', '-c', 'max_connections=60'],
    { ...as, env, cwd: root, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // Not left behind when the test process ends in the middle
  const onExit = () => server.kill('SIGKILL');
  process.once('exit', onExit);

  const urlOf = (login: string, database: string, by: 'tcp' | 'socket' = 'tcp') =>
    `postgres://${login}@127.0.0.1:${port}/${database}${by === 'socket' ? `?host=${root}` : ''}`;
  async function administer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(urlOf('owner', 'postgres'));
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async function stop(): Promise<void> {
    server.kill('SIGINT');
    await exited;
    process.off('exit', onExit);
    await rm(root, { recursive: true, force: true });
  }

  try {
    const version = await retry(() =>
      administer(async (client) => {
        const { rows } = await client.query<{ version: string }>(
          `select current_setting('server_version_num') as version`,
        );
        return Math.floor(Number(rows[0]?.version) / 10_000);
      }),
    );
    return {
      version,
      stop,
      async createDatabase(by) {
        const name = `node_${randomUUID().replaceAll('-', '')}`;
        await administer(async (client) => {
          await client.query(`create role ${name} login`);
          await client.query(`create database ${name}`);
        });
        return { url: urlOf(name, name, by), ownerUrl: urlOf('owner', name, by) };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function unprivilegedUser(): { uid: number; gid: number } | null {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here: the next one
    }
  }
  return null;
}

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (const giveUpAt = Date.now() + 30_000; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(100);
    }
  }
}

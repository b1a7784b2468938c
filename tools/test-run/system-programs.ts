import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

/** Path of a Chromium or Chrome that playwright-core can drive, or null. */
export function findChromium(): string | null {
  const places = [
    process.env.CHROMIUM_PATH ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return places.find((path) => path !== '' && existsSync(path)) ?? null;
}

/** The folder of PostgreSQL's server programs (`initdb`, `postgres`), the newest that is installed, or null. */
export function findPostgresPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return places.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** Path of nginx, or null; not in everyone's PATH. */
export function findNginx(): string | null {
  const places = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', ...(process.env.PATH ?? '').split(':')];
  return places.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path)) ?? null;
}

const needed = [
  { debianPackage: 'chromium', find: findChromium, without: 'the browser journeys are skipped' },
  {
    debianPackage: 'postgresql',
    find: findPostgresPrograms,
    without: 'the store is tested on PGlite and in memory, not on PostgreSQL',
  },
  { debianPackage: 'nginx', find: findNginx, without: 'nothing is tried through a reverse proxy' },
] as const;

/** Installs what is missing where that is allowed (root on Debian); says plainly what is skipped where it is not. */
export async function provideSystemPrograms(): Promise<void> {
  const missing = () => needed.filter(({ find }) => find() === null);
  const packages = missing().map(({ debianPackage }) => debianPackage);
  if (packages.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) await aptInstall(packages);
  for (const { debianPackage, without } of missing()) {
    console.error(
      `${debianPackage} is not installed on this machine: ${without}. On Debian: apt-get install ${debianPackage}`,
    );
  }
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  console.error(`Installing ${packages.join(' and ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = { minutesMax: 10, env };
  const install = () =>
    runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  // The lists of a fresh machine are empty or old; with current ones the first attempt is enough.
  if (await install()) return;
  await runProgram('apt-get', ['update', '-qq'], options);
  await install();
}

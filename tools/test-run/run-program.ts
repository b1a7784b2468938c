import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const running = new Set<ReturnType<typeof spawn>>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 1;
    // What is left hanging must not keep a cancelled run alive.
    setTimeout(() => process.exit(1), 5_000).unref();
  });
}

/** Runs a program in the project's folder, its output on ours. Resolves with whether it ended with 0 within its time. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly minutesMax: number; readonly env?: Readonly<Record<string, string>> },
): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      console.error(`${program} did not end within ${options.minutesMax} minutes and is stopped.`);
      child.kill('SIGKILL');
    }, options.minutesMax * 60_000);
    const end = (ok: boolean) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(ok);
    };
    child.on('error', (error) => {
      console.error(`${program} cannot be started: ${error.message}`);
      end(false);
    });
    child.on('exit', (code) => end(code === 0));
  });
}

/** A tool that npm installed, run on this very Node. */
export const runTool = (script: string, args: readonly string[], options: Parameters<typeof runProgram>[2]) =>
  runProgram(process.execPath, [`${root}node_modules/${script}`, ...args], options);

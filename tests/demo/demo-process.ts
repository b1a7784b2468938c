import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** `npm start` without the building: the demo as a process, seen by what it prints. */
export class DemoProcess {
  readonly child: ChildProcess;
  readonly startedAt = Date.now();
  lines: string[] = [];
  errors = '';
  #waiting: (() => void)[] = [];

  constructor(home: string, basePort: number, more: readonly string[] = []) {
    const argv = [entry, 'demo', '--home', home, '--port', String(basePort), ...more];
    this.child = spawn(process.execPath, argv, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' },
    });
    let rest = '';
    this.child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      this.lines.push(...lines);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      this.errors += piece;
    });
    this.child.once('exit', () => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** The first line that matches; throws when the demo ends without it. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the demo ended without ${pattern}:\n${this.lines.join('\n')}\n${this.errors}`);
      }
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.ended();
  }

  async ended(): Promise<number | NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.signalCode ?? this.child.exitCode;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { NodeUnreachable } from '#src/features/client.ts';

const script = fileURLToPath(new URL('./node-main.ts', import.meta.url));

/** A node process that can be killed without warning and started again on the same home and port. */
export class NodeProcess {
  readonly home: string;
  readonly port: number;
  #child: ChildProcess | null = null;
  kills = 0;

  constructor(home: string, port: number) {
    this.home = home;
    this.port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [script, this.home, String(this.port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    const up = new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code, signal) => reject(new Error(`the node ended before it was up: ${code ?? signal}`)));
    });
    await up;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    this.kills += 1;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    await this.start();
  }
}

/** Asks again while the node is down, as an officer would who presses the button again. */
export async function persistently<T>(ask: () => Promise<T>, secondsMax = 180): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NodeUnreachable) || attempt > secondsMax * 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Waits until what is asked comes out true. */
export async function eventually<T>(ask: () => Promise<T | null | false>, what: string, secondsMax = 180): Promise<T> {
  const end = Date.now() + secondsMax * 1_000;
  while (Date.now() < end) {
    const answer = await persistently(ask);
    if (answer !== null && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${secondsMax} s in vain: ${what}`);
}

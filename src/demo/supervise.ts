/** Keeps one node of the demo running: starts its process, starts it again when it dies, stops it in order. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCacheDirectory } from './compile-cache.ts';
import type { FromService, ServiceProcessOptions, ToService } from './service-process.ts';

export interface Supervised {
  /** The current process, for whoever wants to kill it. */
  pid(): number | undefined;
  /** Resolves when the first process is ready. Rejects when it ends again and again. */
  readonly ready: Promise<void>;
  toRealTime(): void;
  stop(): Promise<void>;
}

export interface Supervision {
  readonly options: Omit<ServiceProcessOptions, 'aheadMs'>;
  /** The story's distance to real time at this moment, ms. */
  aheadMs(): number;
  onRestart(): void;
  onGiveUp(): void;
}

/** So many ends without once becoming ready in between: starting again will not help. */
const endsInARowMax = 4;
const restartDelayMs = 300;
const script = fileURLToPath(new URL('./service-process.ts', import.meta.url));

export function supervise({ options, aheadMs, onRestart, onGiveUp }: Supervision): Supervised {
  let child: ChildProcess | null = null;
  let stopping = false;
  let endsInARow = 0;
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  ready.catch(() => {});

  function start(): void {
    const given: ServiceProcessOptions = { ...options, aheadMs: aheadMs() };
    child = fork(script, [JSON.stringify(given)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { NODE_COMPILE_CACHE: compileCacheDirectory, ...process.env },
    });
    child.on('message', (message: FromService) => {
      if (message.type !== 'ready') return;
      endsInARow = 0;
      resolve();
    });
    child.once('exit', ended);
  }

  function ended(): void {
    child = null;
    if (stopping) return;
    endsInARow += 1;
    if (endsInARow > endsInARowMax) {
      reject(new Error('a service of the demo ends again and again'));
      onGiveUp();
      return;
    }
    onRestart();
    setTimeout(() => {
      if (!stopping) start();
    }, restartDelayMs);
  }

  start();
  return {
    pid: () => child?.pid,
    ready,
    toRealTime() {
      child?.send({ type: 'real-time' } satisfies ToService);
    },
    async stop() {
      stopping = true;
      const process = child;
      if (!process) return;
      const gone = new Promise<void>((done) => process.once('exit', () => done()));
      process.kill('SIGTERM');
      await gone;
    },
  };
}

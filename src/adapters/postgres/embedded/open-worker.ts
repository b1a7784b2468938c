import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { StoreUnavailable } from '#src/ports/database.ts';
import { columnValues } from '../values.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';
import { WorkerStream } from './worker-stream.ts';

/** One run of the embedded database on one data directory. */
export interface EmbeddedRun {
  /** Its only session, at first with all rights. */
  readonly client: pg.Client;
  /** The worker is gone, or is being ended. */
  readonly lost: () => boolean;
  /** Checkpoint and shut down. Waits for the query under way. */
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does; what is committed is recovered at the next start. */
  terminate(): Promise<void>;
}

/** Starts a worker on `dataDir` and connects to it. Creates the database if the directory is empty (takes seconds). */
export async function openWorker(dataDir: string, answerMsMax: number): Promise<EmbeddedRun> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { dataDir } satisfies WorkerOptions,
    // The worker runs from source, as the process does, and needs none of its flags
    execArgv: [],
  });
  await ready(worker);
  const stream = new WorkerStream(worker, answerMsMax);
  let lost = false;
  const client = new pg.Client({ stream: () => stream, user: 'postgres', database: 'postgres', types: columnValues });
  stream.on('close', () => {
    lost = true;
  });
  // Reported to whoever waits for an answer; between two queries the next one finds out
  client.on('error', () => undefined);
  await client.connect();

  async function stop(): Promise<void> {
    if (lost) return;
    const exit = once(worker, 'exit');
    worker.postMessage({ type: 'close' } satisfies ToWorker);
    await exit;
  }
  async function terminate(): Promise<void> {
    await worker.terminate();
  }
  return { client, lost: () => lost, stop, terminate };
}

function ready(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onMessage = (message: FromWorker) => {
    if (message.type === 'ready') resolve();
    else if (message.type === 'fatal') reject(new StoreUnavailable(`the embedded database stopped: ${message.reason}`));
  };
  const onError = (error: unknown) =>
    reject(new StoreUnavailable('the embedded database does not open', { cause: error }));
  const onExit = () => reject(new StoreUnavailable('the embedded database stopped while it was opening'));
  worker.once('error', onError);
  worker.once('exit', onExit);
  worker.on('message', onMessage);
  return promise.finally(() => {
    worker.off('error', onError);
    worker.off('exit', onExit);
    worker.off('message', onMessage);
  });
}

// The embedded PostgreSQL runs here, on a thread of its own: a slow query must not stop the process from answering.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableNodeFs } from './durable-fs.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('the embedded database runs in a worker thread');
const { dataDir } = workerData as WorkerOptions;

/** Ends this thread at once, in the middle of PostgreSQL: the host opens the database again, and it recovers. */
function die(reason: string): never {
  port?.postMessage({ type: 'fatal', reason } satisfies FromWorker);
  process.exit(1);
}

const database = await PGlite.create({
  fs: new DurableNodeFs(dataDir, (error) => die(String(error))),
  // -F would turn fsync off
  startParams: PGlite.defaultStartParams.filter((param) => param !== '-F'),
  // Only when the directory is empty: a small log file, because each is written whole when it is made
  initDbStartParams: ['--wal-segsize=4'],
  postgresqlconf: [
    // Emscripten has no fdatasync that reaches the file system
    'wal_sync_method=fsync',
    'shared_buffers=16MB',
    'timezone=UTC',
  ],
});
port.postMessage({ type: 'ready' } satisfies FromWorker);

port.on('message', (message: ToWorker) => {
  if (message.type === 'close') {
    void database.close().then(() => {
      port.postMessage({ type: 'closed' } satisfies FromWorker);
      port.close();
    });
    return;
  }
  let reply: Uint8Array;
  try {
    reply = database.execProtocolRawSync(message.bytes);
  } catch (error) {
    die(String(error));
  }
  port.postMessage({ type: 'bytes', bytes: reply } satisfies FromWorker, [reply.buffer as ArrayBuffer]);
});

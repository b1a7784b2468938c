import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '#src/ports/database.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/**
 * The embedded database as node-postgres sees it: a socket. One driver speaks to both kinds of database, so values,
 * errors and transactions are the same on both.
 *
 * Watchdog: PostgreSQL's `statement_timeout` needs a timer signal that the embedded build does not have. A message that
 * is not answered within `answerMsMax` ends the worker, whatever it is doing; `lost` tells once why the stream broke.
 */
export class WorkerStream extends Duplex {
  readonly #worker: Worker;
  readonly #answerMsMax: number;
  #waiting: NodeJS.Timeout | null = null;

  constructor(worker: Worker, answerMsMax: number) {
    super();
    this.#worker = worker;
    this.#answerMsMax = answerMsMax;
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'bytes') {
        this.#answered();
        if (message.bytes.length > 0) this.push(message.bytes);
      } else if (message.type === 'fatal') {
        this.destroy(new StoreUnavailable(`the embedded database stopped: ${message.reason}`));
      }
    });
    worker.on('error', (error) => this.destroy(new StoreUnavailable('the embedded database failed', { cause: error })));
    worker.on('exit', () => this.destroy(new StoreUnavailable('the embedded database stopped')));
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#send(chunk);
    done();
  }

  override _writev(chunks: readonly { chunk: Uint8Array }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#answered();
    done(error);
  }

  #send(bytes: Uint8Array): void {
    this.#waiting ??= setTimeout(() => {
      this.destroy(new StoreUnavailable(`a query ran longer than ${this.#answerMsMax} ms and was stopped`));
      void this.#worker.terminate();
    }, this.#answerMsMax);
    // A copy: the driver's buffer is reused for its next message
    this.#worker.postMessage({ type: 'bytes', bytes: new Uint8Array(bytes) } satisfies ToWorker);
  }

  #answered(): void {
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#waiting = null;
  }

  // What node-postgres calls on a socket
  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}
}

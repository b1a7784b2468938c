import { type ChildProcess, fork } from 'node:child_process';
import type { Order, Reply } from './orders.ts';

type Said = { readonly of: number } & ({ readonly reply: Reply } | { readonly failed: string });
type Ask = Order extends infer O ? (O extends { id: number } ? Omit<O, 'id'> : never) : never;

/** A node in a process of its own, as seen from the measuring process. */
export class BenchNode {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  #orders = 0;

  private constructor(args: readonly string[]) {
    this.#process = fork(new URL('node-process.ts', import.meta.url), args);
    this.#process.on('message', (said: Said) => {
      const asked = this.#waiting.get(said.of);
      this.#waiting.delete(said.of);
      if ('failed' in said) asked?.reject(new Error(said.failed));
      else asked?.resolve(said.reply);
    });
    this.#process.once('exit', (code) => {
      for (const asked of this.#waiting.values()) asked.reject(new Error(`the node ended with ${code}`));
    });
  }

  static async start(args: readonly string[]): Promise<BenchNode> {
    const node = new BenchNode(args);
    await node.#answer(0);
    return node;
  }

  ask(order: Ask): Promise<Reply> {
    const id = ++this.#orders;
    const answer = this.#answer(id);
    this.#process.send({ ...order, id });
    return answer;
  }

  async stop(): Promise<void> {
    await this.ask({ do: 'stop' });
    this.#process.disconnect();
  }

  #answer(id: number): Promise<Reply> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { WorldOrder } from './worker.ts';
import type { SimResult } from './world.ts';

export interface Played extends SimResult {
  readonly order: WorldOrder;
}

/** Plays what `next` orders on so many threads until it orders no more; `played` hears of each world as it ends. */
export async function runWorlds(
  next: () => WorldOrder | null,
  threads: number,
  played: (world: Played) => void,
): Promise<void> {
  await Promise.all(Array.from({ length: threads }, () => runOn(next, played)));
}

async function runOn(next: () => WorldOrder | null, played: (world: Played) => void): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  try {
    for (let order = next(); order !== null; order = next()) {
      const answer = once(worker, 'message');
      worker.postMessage(order);
      const [result] = (await answer) as [SimResult];
      played({ ...result, order });
    }
  } finally {
    await worker.terminate();
  }
}

/** One node of the demo, in a process of its own. It lives no longer than the demo that started it. */

import type { Entrance } from '#src/features/demo/contract.ts';
import { startNode } from '#src/server/node.ts';

export interface ServiceProcessOptions {
  readonly home: string;
  readonly port: number;
  readonly officers: readonly string[];
  readonly neighbours: Entrance['neighbours'];
  /** How far the story's time is ahead of real time when the process starts, ms; negative in the past. */
  readonly aheadMs: number;
}
export type ToService = { readonly type: 'real-time' };
export type FromService = { readonly type: 'ready'; readonly url: string; readonly rssBytes: number };

const { home, port, officers, neighbours, aheadMs } = JSON.parse(process.argv[2] ?? '') as ServiceProcessOptions;
let ahead = aheadMs;
const node = await startNode({
  home,
  port,
  demo: { officers, neighbours },
  // The other services of the demo run beside it.
  partnerNetworks: ['127.0.0.0/8'],
  clock: { now: () => Date.now() + ahead },
});

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  // Whatever hangs in closing, the process ends: the store is safe against that.
  setTimeout(() => process.exit(1), 8_000).unref();
  await node.close();
  process.exit(0);
}
// The channel closes when the parent ends, also by SIGKILL: nobody is left to look after this node.
process.on('disconnect', () => void close());
process.on('SIGTERM', () => void close());
// Ctrl-C reaches the whole group; the parent decides, and lets the nodes end in order.
process.on('SIGINT', () => {});
process.on('message', (message: ToService) => {
  if (message.type === 'real-time') ahead = 0;
});
process.send?.({ type: 'ready', url: node.url, rssBytes: process.memoryUsage.rss() } satisfies FromService);

/** The listening socket. It outlives the application behind it, which is exchanged once, when the set-up is done. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Connections } from './connections.ts';

/** Slow senders: the whole request, its head, and the wait for the next one. A body's progress is `Connections`' business. */
const timeouts = { requestTimeout: 120_000, headersTimeout: 10_000, keepAliveTimeout: 10_000 } as const;
const headCheckMs = 1_000;
const silenceMsMax = 60_000;
const closeGraceMs = 3_000;

export interface Listening {
  readonly url: string;
  serve(app: FastifyInstance): void;
  close(): Promise<void>;
}

export async function listen(
  app: FastifyInstance,
  { host, port, connections }: { host: string; port: number; connections: Connections },
): Promise<Listening> {
  let current = app;
  const server = createServer({ ...timeouts, connectionsCheckingInterval: headCheckMs }, (request, response) => {
    connections.begin(request, response);
    if (!response.writableEnded) current.server.emit('request', request, response);
  });
  server.setTimeout(silenceMsMax);
  const stopWatching = connections.watch(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    url: urlOf(server, host),
    serve(next) {
      current = next;
    },
    async close() {
      stopWatching();
      await closed(server);
    },
  };
}

function urlOf(server: Server, host: string): string {
  // `address` is a string only for a pipe, and null only before listening.
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Lets answers under way finish for a moment, then ends what is left. */
async function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await done;
  clearTimeout(grace);
}

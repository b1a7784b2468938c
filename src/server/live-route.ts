import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { livePath } from '#src/features/live/contract.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { type Gate, tokenOf } from './gate.ts';
import { type LiveHub, streamsPerOfficerMax } from './live-hub.ts';
import { hidden } from './open-api.ts';
import { Refused } from './refused.ts';

/** Keeps proxies from closing the stream, and is how often the session is checked anew. */
const heartbeatMs = 20_000;
/** A screen that does not read is let go; it asks again when it comes back. */
const unreadBytesMax = 64 * 1024;

/** `GET /api/live`: server-sent events that carry a topic and nothing else. */
export function serveLive(
  app: FastifyInstance,
  gate: Gate,
  hub: LiveHub,
  exempt: (request: FastifyRequest) => void,
  everyMs: number = heartbeatMs,
): void {
  app.route({
    method: 'GET',
    url: livePath,
    schema: hidden,
    onRequest: (request, reply) => gate.admit(request, reply, { open: false, writes: false }),
    handler(request, reply) {
      const stream = reply.raw;
      const write = (text: string) => {
        if (stream.writableLength > unreadBytesMax) stream.destroy();
        else stream.write(text);
      };
      const leave = hub.join({
        token: tokenOf(request) ?? '',
        officer: gate.callerOf(request)?.officer.id ?? '',
        tell: (topic) => write(`event: changed\ndata: ${topic}\n\n`),
        end: () => stream.end(),
      });
      if (leave === null) {
        reply.header('retry-after', String(heartbeatMs / 1_000));
        throw new Refused(refuse('rate-exceeded', { limit: streamsPerOfficerMax }));
      }
      stream.on('close', leave);
      reply.hijack();
      exempt(request);
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) stream.setHeader(name, value);
      }
      stream.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      keepAlive(request, stream, write, gate, everyMs);
    },
  });
}

function keepAlive(
  request: FastifyRequest,
  stream: ServerResponse,
  write: (text: string) => void,
  gate: Gate,
  everyMs: number,
): void {
  const heartbeat = setInterval(() => {
    gate.stillHolds(request).then(
      (holds) => (holds ? write(':\n\n') : stream.end()),
      () => stream.end(),
    );
  }, everyMs);
  stream.on('close', () => clearInterval(heartbeat));
  write(':\n\n');
}

/** The built screens: files whose names carry their hash stay in the browser's cache, the page itself never does. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '#src/protocol/refusal.ts';
import type { Gate } from './gate.ts';
import { problemOf, sendProblem } from './problem.ts';

/** Where the screens are when this runs from its own source tree. */
export const builtScreens = join(import.meta.dirname, '../../dist/web');

/** Paths that programs ask; there, what is not found is a problem and not a page. */
const programPaths = /^\/(?:api|exchange|health|assets|\.well-known)(?:\/|$)/;

export async function serveScreens(app: FastifyInstance, directory: string, gate: Gate): Promise<void> {
  if (existsSync(join(directory, 'assets'))) {
    await app.register(serveStatic, {
      root: join(directory, 'assets'),
      prefix: '/assets/',
      index: false,
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (asksForPage(request)) {
      const page = await readFile(join(directory, 'index.html'), 'utf8').catch(() => null);
      if (page !== null) return sendPage(reply, page);
    }
    return sendProblem(reply, problemOf(refuse('not-found'), gate.languageOf(request), request.id));
  });
}

function asksForPage(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?', 1);
  return (request.method === 'GET' || request.method === 'HEAD') && !programPaths.test(path);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.code(200).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}

/** Structured lines on standard error: routes and times. No content, address line, query string, cookie or identifier of a record. */
import { type FastifyInstance, LogController } from 'fastify';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info';

export function loggerOptions(level: LogLevel) {
  return {
    level,
    stream: process.stderr,
    base: null,
    // Whatever is handed to the log by mistake, these two never print themselves.
    serializers: { req: () => ({}), res: () => ({ statusCode: 0 }) },
  };
}

/** One line for each answer, by `logAnswers`, and none of fastify's own, which print addresses. */
export const ownLinesOnly = new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' });

export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        // The route's pattern and not the address: that one holds identifiers, and whatever a stranger typed.
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        tookMs: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}

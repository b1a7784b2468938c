/** The HTTP server without its routes: limits, headers, sessions, errors, the screens. */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '#src/protocol/refusal.ts';
import { answerError } from './errors.ts';
import type { Gate } from './gate.ts';
import { setHeaders } from './headers.ts';
import { inputLimits, readJsonBodies } from './json-body.ts';
import { type LogLevel, logAnswers, loggerOptions, ownLinesOnly } from './log.ts';
import { serveOpenApi } from './open-api.ts';
import { Refused } from './refused.ts';
import { serveScreens } from './screens.ts';
import { validateByContract } from './validation.ts';

export interface AppOptions {
  readonly gate: Gate;
  readonly secure: () => boolean;
  /** The built screens; they need not be there. */
  readonly screens: string;
  readonly logLevel: LogLevel;
}

export async function createApp({ gate, secure, screens, logLevel }: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    logger: loggerOptions(logLevel),
    logController: ownLinesOnly,
    // A request's number is ours: one that came with it could be made to collide, or to speak into the log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: inputLimits.bodyBytesMax,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 100 },
    frameworkErrors: answerUnreadable(gate),
  });
  app.setErrorHandler(answerError(gate));
  await app.register(cookie);
  await setHeaders(app, secure);
  // After the cookies are read, and before anything else is done for whoever asks.
  gate.rates.watch(app);
  logAnswers(app);
  readJsonBodies(app);
  validateByContract(app);
  await serveOpenApi(app);
  await serveScreens(app, screens, gate);
  return app;
}

function answerUnreadable(gate: Gate): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void {
  const answer = answerError(gate);
  return (error, request, reply) => {
    const seconds = gate.rates.unreadable(request);
    if (seconds === 0) return void answer(error, request, reply);
    reply.header('retry-after', String(seconds));
    // As fastify's own errors are handed over.
    answer(
      Object.assign(new Refused(refuse('rate-exceeded')), { code: '' }) as unknown as FastifyError,
      request,
      reply,
    );
  };
}

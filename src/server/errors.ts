/** What a hook, a parser or a handler threw, as a problem. Bugs are logged by name and place, never by their words. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NodeRecovering } from '#src/engine/node-recovering.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { exchangePath } from './exchange-route.ts';
import type { Gate } from './gate.ts';
import { problemOf, problemOfFault, sendProblem } from './problem.ts';
import { Refused } from './refused.ts';

export function answerError(gate: Gate) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const language = gate.languageOf(request);
    if (error.code === tooLarge) lingerOn(request, reply);
    const known = refusalOf(error, request);
    if (known !== null) return sendProblem(reply, problemOf(known.refusal, language, request.id, known.status));
    const fault = error instanceof StoreUnavailable ? 'store-unavailable' : 'internal-fault';
    request.log.error({ fault, error: placeOf(error) }, fault);
    return sendProblem(reply, problemOfFault(fault, language, request.id));
  };
}

function refusalOf(error: FastifyError, request: FastifyRequest): { refusal: Refusal; status?: number } | null {
  if (error instanceof Refused) {
    return { refusal: error.refusal, ...(error.status !== undefined && { status: error.status }) };
  }
  if (error instanceof NodeRecovering) return { refusal: error.refusal };
  const atTheDoor = request.routeOptions.url === exchangePath;
  if (error.code === tooLarge) {
    if (atTheDoor) return { refusal: refuse('envelope-too-large', { limit: exchangeLimits.envelopeBytesMax }) };
    return { refusal: refuse('input-too-large', { limit: request.routeOptions.bodyLimit }) };
  }
  const status = error.statusCode;
  if (status === 429) return { refusal: refuse('rate-exceeded') };
  // What fastify itself refuses: a content type that nobody reads, a broken length, an impossible address.
  if (status !== undefined && status >= 400 && status < 500) {
    return { refusal: refuse(atTheDoor ? 'envelope-malformed' : 'input-invalid'), status };
  }
  return null;
}

const tooLarge = 'FST_ERR_CTP_BODY_TOO_LARGE';
const lingerMsMax = 5_000;

/**
 * Closing at once would cut off a sender in mid-sentence, and the answer with it: what still comes is thrown away for a
 * moment, and never kept.
 */
function lingerOn(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  const { raw } = request;
  const end = setTimeout(() => raw.socket.destroy(), lingerMsMax).unref();
  for (const over of ['end', 'close'] as const) raw.once(over, () => clearTimeout(end));
  raw.resume();
}

/** A fault of the engine's own work, which answers no request. */
export function logFault(app: FastifyInstance, error: unknown): void {
  const place = error instanceof Error ? placeOf(error) : { name: typeof error };
  app.log.error({ fault: 'internal-fault', error: place }, 'internal-fault');
}

/** The name and the frames of an error. Its message may quote what it failed on. */
export function placeOf(error: Error & { code?: unknown }): { name: string; code?: string; frames: string[] } {
  const stack = error.stack ?? '';
  // The message stands in front of the frames, and may look like one.
  const frames = stack
    .slice(stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof error.code === 'string' && { code: error.code }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  };
}

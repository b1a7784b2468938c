/** What a hook, a parser or a handler threw, as a problem. Bugs are logged by name and place, never by their words. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
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
    const known = refusalOf(error, request);
    if (known !== null) return sendProblem(reply, problemOf(known.refusal, language, request.id, known.status));
    const fault = error instanceof StoreUnavailable ? 'store-unavailable' : 'internal-fault';
    request.log.error({ requestId: request.id, fault, error: placeOf(error) }, fault);
    return sendProblem(reply, problemOfFault(fault, language, request.id));
  };
}

function refusalOf(error: FastifyError, request: FastifyRequest): { refusal: Refusal; status?: number } | null {
  if (error instanceof Refused) {
    return { refusal: error.refusal, ...(error.status !== undefined && { status: error.status }) };
  }
  const atTheDoor = request.routeOptions.url === exchangePath;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
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

/** The name and the frames of an error. Its message may quote what it failed on. */
export function placeOf(error: Error & { code?: unknown }): { name: string; code?: string; frames: string[] } {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof error.code === 'string' && { code: error.code }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { may } from '#src/features/abilities.ts';
import type { Contract, Route } from '#src/features/contract.ts';
import type { Caller, Handlers, Visit } from '#src/features/handlers.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Gate } from './gate.ts';
import { inputLimits } from './json-body.ts';
import { problemOf, sendProblem } from './problem.ts';
import { Refused } from './refused.ts';

/** What every handler is once its types are forgotten; `mount` alone forgets them, after `Handlers<C>` was checked. */
type AnyHandler = (input: unknown, caller: Caller | null, visit: Visit) => Promise<unknown>;

/** Serves every route of a contract with the handler of the same name. */
export function mount<C extends Contract>(app: FastifyInstance, contract: C, handlers: Handlers<C>, gate: Gate): void {
  for (const [name, route] of Object.entries(contract)) {
    const handler = handlers[name] as unknown as AnyHandler;
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(name, route),
      bodyLimit: route.bodyBytesMax ?? (route.open ? inputLimits.openBodyBytesMax : inputLimits.bodyBytesMax),
      // Before the body is read: who has no session, or no ability for this, makes us read nothing.
      async onRequest(request, reply) {
        await gate.admit(request, reply, { open: route.open === true, writes: route.method !== 'GET' });
        const caller = gate.callerOf(request);
        if (caller !== null && !isAbleFor(route, caller.officer.role)) throw new Refused(refuse('not-allowed'));
      },
      async handler(request, reply) {
        const work = () => answer(handler, { name, ...(route.act && { act: route.act }) }, gate, request, reply);
        if (route.open && route.method === 'GET') return work();
        const turn = await (route.open ? gate.openTurn(request, work) : gate.officerTurn(request, work));
        if (turn !== null) return turn.done;
        reply.header('retry-after', '1');
        return sendRefusal(reply, request, refuse('rate-exceeded'), gate);
      },
    });
  }
}

function isAbleFor({ needs = [] }: Route, role: OfficerRole): boolean {
  const oneOf = typeof needs === 'string' ? [needs] : needs;
  return oneOf.length === 0 || oneOf.some((ability) => may(role, ability));
}

async function answer(
  handler: AnyHandler,
  route: Caller['route'],
  gate: Gate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { params, query, body } = request;
  const caller = gate.callerOf(request);
  const result = await handler({ params, query, body }, caller && { ...caller, route }, gate.visitOf(request, reply));
  // Replies hold what this officer alone may see.
  reply.header('cache-control', 'no-store');
  return isRefusal(result) ? sendRefusal(reply, request, result, gate) : result;
}

function sendRefusal(reply: FastifyReply, request: FastifyRequest, refusal: Refusal, gate: Gate): FastifyReply {
  return sendProblem(reply, problemOf(refusal, gate.languageOf(request), request.id));
}

/** The words that fastify's own types do not know are @fastify/swagger's. */
function schemaOf(name: string, route: Route): FastifySchema {
  const schema = {
    operationId: name,
    summary: route.summary,
    ...(route.open && { security: [] }),
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    response: { 200: route.reply },
  };
  return schema;
}

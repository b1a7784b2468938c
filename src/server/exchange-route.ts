import type { FastifyInstance } from 'fastify';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Gate } from './gate.ts';
import { hidden } from './open-api.ts';
import { problemOf, sendProblem } from './problem.ts';
import { Refused } from './refused.ts';

export const exchangePath = '/exchange/v1';
export const envelopeContentType = 'application/vnd.tansiq.envelope';
const envelopesPerMinute = 3_000;
/** Read at the same time, each up to its limit in memory: a stranger's too, for who sent one is known only from all of it. */
const envelopesAtOnce = 32;

/** The door for partners: sealed bytes in, a sealed receipt out. Who sent them is for the engine to find out. */
export async function serveExchange(
  app: FastifyInstance,
  receive: (envelope: Uint8Array) => Promise<{ answer: Uint8Array } | Refusal>,
  gate: Gate,
): Promise<void> {
  let underWay = 0;
  // A scope of its own: here JSON is not read, and elsewhere envelopes are not.
  await app.register((door, _options, done) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser(
      envelopeContentType,
      { parseAs: 'buffer' },
      async (_request: unknown, body: Buffer) => body,
    );
    door.route<{ Body: Buffer }>({
      method: 'POST',
      url: exchangePath,
      schema: hidden,
      bodyLimit: exchangeLimits.envelopeBytesMax,
      config: { rateLimit: { max: envelopesPerMinute, timeWindow: 60_000 } },
      // Before the body is read. A partner that is turned away comes again by itself.
      async onRequest(_request, reply) {
        if (underWay >= envelopesAtOnce) throw new Refused(refuse('rate-exceeded'));
        underWay++;
        reply.raw.once('close', () => underWay--);
      },
      async handler(request, reply) {
        const received = await receive(request.body ?? new Uint8Array(0));
        if (isRefusal(received)) return sendProblem(reply, problemOf(received, gate.languageOf(request), request.id));
        return reply.type(envelopeContentType).send(Buffer.from(received.answer));
      },
    });
    done();
  });
}

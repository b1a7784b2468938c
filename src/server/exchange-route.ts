import type { FastifyInstance } from 'fastify';
import type { Received } from '#src/engine/engine.ts';
import type { Clock } from '#src/ports/clock.ts';
import { readTimeField, timeField } from '#src/protocol/exchange/clock-off.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Gate } from './gate.ts';
import { addressGroup, type Proxies } from './network-address.ts';
import { hidden } from './open-api.ts';
import type { PartnerAddresses } from './partner-addresses.ts';
import { problemOf, sendProblem } from './problem.ts';
import { Turns } from './turns.ts';

export const exchangePath = '/exchange/v1';
export const envelopeContentType = 'application/vnd.tansiq.envelope';
/** Whole envelopes that are opened side by side, and that wait for it, each up to its limit in memory. */
const turnLimits = {
  strangers: { atOnce: 2, waiting: 8, each: 4 },
  partners: { atOnce: 8, waiting: 64, each: 16 },
} as const;

export interface Door {
  receive(envelope: Uint8Array, time: number | null): Promise<Received | Refusal>;
  readonly partners: PartnerAddresses;
  readonly proxies: Proxies;
  readonly clock: Clock;
}

/** The door for partners: sealed bytes in, a sealed receipt out. Who sent them is for the engine to find out. */
export async function serveExchange(
  app: FastifyInstance,
  { receive, partners, proxies, clock }: Door,
  gate: Gate,
): Promise<void> {
  const turns = { strangers: new Turns(turnLimits.strangers), partners: new Turns(turnLimits.partners) };
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
      // Only once the body is whole: one that is half sent takes nobody's turn.
      async handler(request, reply) {
        const group = addressGroup(proxies.addressOf(request.raw));
        const who = partners.has(group) ? turns.partners : turns.strangers;
        const time = readTimeField(request.headers[timeField]);
        const turn = await who.run(group, () => receive(request.body ?? new Uint8Array(0), time));
        // A partner that is turned away comes again by itself.
        if (turn === null) reply.header('retry-after', '1');
        const received = turn === null ? refuse('rate-exceeded') : turn.done;
        if (isRefusal(received)) return sendProblem(reply, problemOf(received, gate.languageOf(request), request.id));
        if (received.broughtBy !== null) partners.note(received.broughtBy, group);
        reply.header(timeField, String(clock.now()));
        return reply.type(envelopeContentType).send(Buffer.from(received.answer));
      },
    });
    done();
  });
}

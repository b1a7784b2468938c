import type { FastifyInstance } from 'fastify';
import { ownCard } from '#src/features/own-card.ts';
import type { Database } from '#src/ports/database.ts';
import { hidden } from './open-api.ts';

/**
 * Our service card for anyone who asks. Its keys are public, but that this service runs a node here is not everyone's
 * business: off unless the operator says so, and on in the demo.
 */
export function servePublicCard(app: FastifyInstance, database: Database): void {
  app.get('/.well-known/tansiq-card', { schema: hidden }, async (_request, reply) => {
    const own = await database.asActor({ kind: 'node' }, ownCard);
    return reply.type('text/plain; charset=us-ascii').send(own?.card ?? '');
  });
}

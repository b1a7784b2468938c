import type { FastifyInstance } from 'fastify';
import type { Database } from '#src/ports/database.ts';
import { hidden } from './open-api.ts';

/**
 * Our service card for anyone who asks. Its keys are public, but that this service runs a node here is not everyone's
 * business: off unless the operator says so, and on in the demo.
 */
export function servePublicCard(app: FastifyInstance, database: Database): void {
  app.get('/.well-known/tansiq-card', { schema: hidden }, async (_request, reply) => {
    const { card } = await database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('service').select('card').where('is_self', '=', true).executeTakeFirstOrThrow(),
    );
    return reply.type('text/plain; charset=us-ascii').send(card);
  });
}

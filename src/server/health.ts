import type { FastifyInstance } from 'fastify';
import type { Database } from '#src/ports/database.ts';
import { hidden } from './open-api.ts';
import { problemOfFault, sendProblem } from './problem.ts';

/** `live`: the process answers. `ready`: its database does too. */
export function serveHealth(app: FastifyInstance, database: Database): void {
  const options = { schema: hidden, config: { rateLimit: false as const } };
  app.get('/health/live', options, async () => ({ live: true }));
  app.get('/health/ready', options, async (request, reply) => {
    const ready = await database
      .asActor({ kind: 'sign-in' }, (tx) => tx.selectFrom('service').select('id').limit(1).execute())
      .then(
        () => true,
        () => false,
      );
    return ready ? { ready } : sendProblem(reply, problemOfFault('store-unavailable', 'en', request.id));
  });
}

import type { FastifyInstance } from 'fastify';
import type { Database } from '#src/ports/database.ts';
import { hidden } from './open-api.ts';
import { problemOfFault, sendProblem } from './problem.ts';

const keptMs = 1_000;

/** `live`: the process answers. `ready`: its database does too. */
export function serveHealth(app: FastifyInstance, database: Database): void {
  const options = { schema: hidden };
  /** One answer for all who ask in a second: health is asked without limit, and must cost none. */
  let asked: { readonly at: number; readonly ready: Promise<boolean> } | null = null;
  app.get('/health/live', options, async () => ({ live: true }));
  app.get('/health/ready', options, async (request, reply) => {
    const at = performance.now();
    if (asked === null || at - asked.at > keptMs) asked = { at, ready: isReady(database) };
    const ready = await asked.ready;
    return ready ? { ready } : sendProblem(reply, problemOfFault('store-unavailable', 'en', request.id));
  });
}

function isReady(database: Database): Promise<boolean> {
  return database
    .asActor({ kind: 'sign-in' }, (tx) => tx.selectFrom('service').select('id').limit(1).execute())
    .then(
      () => true,
      () => false,
    );
}

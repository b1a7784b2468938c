import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';

/** What is no operation of the officers' API. `hide` is @fastify/swagger's word, unknown to fastify's own types. */
export const hidden = { hide: true } as FastifySchema;

export const openApiPath = '/api/openapi.json';

/** OpenAPI 3.1, made from the contracts that the routes are mounted from. To be registered before the routes. */
export async function serveOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tansiq',
        version: '1',
        description:
          'Each write needs the header `x-tansiq: 1`, or the session as a bearer token. What is refused answers with an RFC 9457 problem whose `code` and `rule` say why.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tansiq_session' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { bearer: [] }],
    },
  });
  app.get(openApiPath, { schema: hidden }, async () => app.swagger());
}

import type { FastifyReply, FastifyRequest } from 'fastify';

const name = 'tansiq_session';

/** The session's token. No script can read it, and no other site's request carries it. */
export const sessionCookie = {
  read: (request: FastifyRequest): string | null => request.cookies[name] ?? null,
  give(reply: FastifyReply, token: string, expires: Date, secure: boolean): void {
    reply.setCookie(name, token, { ...attributes(secure), expires });
  },
  take(reply: FastifyReply, secure: boolean): void {
    reply.clearCookie(name, attributes(secure));
  },
};

function attributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
}

export function bearerToken(request: FastifyRequest): string | null {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

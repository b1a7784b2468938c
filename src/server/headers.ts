/** What every answer tells the browser: load nothing from elsewhere, run nothing inline, tell nobody where you come from. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const yearSeconds = 31_536_000;

export async function setHeaders(app: FastifyInstance, secure: () => boolean): Promise<void> {
  await app.register(helmet, {
    // index.html alone has a nonce for its styles; see screens.ts.
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity(null) },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    hsts: false,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (secure()) reply.header('strict-transport-security', `max-age=${yearSeconds}; includeSubDomains`);
  });
}

/** `styleNonce` lets the design system's own style elements in; scripts have none, so nothing inline ever runs. */
export function contentSecurity(styleNonce: string | null): { [directive: string]: string[] } {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...(styleNonce === null ? [] : [`'nonce-${styleNonce}'`])],
    'img-src': ["'self'"],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
}

export function contentSecurityHeader(styleNonce: string): string {
  return Object.entries(contentSecurity(styleNonce))
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

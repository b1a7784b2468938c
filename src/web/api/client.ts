import { createClient } from '#src/features/client.ts';

/** The node that served this page. The session is a cookie of the same origin. */
export const client = createClient('');

/** For the last words of a page that is being left: the request may outlive the page (at most 64 kB). */
export const partingClient = createClient('', (address, init) => fetch(address, { ...init, keepalive: true }));

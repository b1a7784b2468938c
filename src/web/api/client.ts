import { bundles } from '#src/features/bundles/contract.ts';
import { createClient, createClientOf } from '#src/features/client.ts';
import { corrections } from '#src/features/corrections/contract.ts';
import { keys } from '#src/features/keys/contract.ts';
import { permissions } from '#src/features/permissions/contract.ts';
import { requests } from '#src/features/requests/contract.ts';
import { sources } from '#src/features/sources/contract.ts';

/** The node that served this page. The session is a cookie of the same origin. */
export const client = {
  ...createClient(''),
  ...createClientOf({ ...permissions, ...corrections, ...requests, ...bundles, ...keys, ...sources }, ''),
};

/** For the last words of a page that is being left: the request may outlive the page (at most 64 kB). */
export const partingClient = createClient('', (address, init) => fetch(address, { ...init, keepalive: true }));

import { Type as T } from 'typebox';
import { createClient, createClientOf } from '#src/features/client.ts';
import { ReleasePreview } from '#src/features/compose/contract.ts';
import { closed, define, Fingerprint, Uuid } from '#src/features/contract.ts';
import { permissions } from '#src/features/permissions/contract.ts';

/** Agreed, and not yet among the node's routes. */
const ahead = define({
  previewRecordRelease: {
    method: 'POST',
    path: '/api/records/:id/releases/preview',
    summary: 'What each partner would get of a kept record, and why not more',
    params: T.Object({ id: Uuid }, closed),
    body: T.Object({ recipients: T.Array(Fingerprint, { minItems: 1, maxItems: 64 }) }, closed),
    reply: T.Array(ReleasePreview),
  },
});

/** The node that served this page. The session is a cookie of the same origin. */
export const client = {
  ...createClient(''),
  ...createClientOf({ ...ahead, ...permissions }, ''),
};

/** For the last words of a page that is being left: the request may outlive the page (at most 64 kB). */
export const partingClient = createClient('', (address, init) => fetch(address, { ...init, keepalive: true }));

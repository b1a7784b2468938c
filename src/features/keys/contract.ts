import { type Static, Type as T } from 'typebox';
import { closed, define, Fingerprint, Instant, ServiceBrief, Unreached } from '../contract.ts';

const byId = T.Object({ id: Fingerprint }, closed);
const Reason = T.String({ minLength: 1, maxLength: 300 });

export const KeyView = T.Object(
  {
    id: Fingerprint,
    use: T.Enum(['signing', 'sealing']),
    /** current · retired: still verifies what it signed, still opens what was sealed to it · revoked: believed no more. */
    state: T.Enum(['current', 'retired', 'revoked']),
    since: Instant,
  },
  closed,
);
export type KeyView = Static<typeof KeyView>;

export const KeysView = T.Object(
  {
    keys: T.Array(KeyView),
    /** The statement of keys in force. */
    version: T.Integer(),
    /** KEY-1: the offline key that can speak for the service when its signing key is lost; only its public half is here. */
    recoveryKey: T.Union([T.Null(), Fingerprint]),
    /** Partners that have not confirmed the newest statement yet. */
    unconfirmed: T.Array(ServiceBrief),
    /** Services known through others to whom the newest statement could not be sent, and why. */
    unreached: T.Array(Unreached),
    /** Sealing keys whose private half is kept because something sealed to them may still be under way. */
    keysKept: T.Integer(),
  },
  closed,
);
export type KeysView = Static<typeof KeysView>;

export const RecoveryView = T.Object(
  {
    /** EXC-4: the database is older than this node's other traces, or a partner has seen more of us than we know. */
    recovering: T.Boolean(),
    since: T.Union([T.Null(), Instant]),
    partners: T.Array(T.Object({ service: ServiceBrief, done: T.Boolean(), returned: T.Integer() }, closed)),
    /** `go-on`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type RecoveryView = Static<typeof RecoveryView>;

export const keys = define({
  getKeys: {
    method: 'GET',
    path: '/api/keys',
    needs: 'keys',
    summary: 'Our keys and how far partners know them',
    reply: KeysView,
  },
  makeRecoveryKey: {
    method: 'POST',
    path: '/api/keys/recovery',
    needs: 'keys',
    summary: 'Make the offline recovery key; its secret is in this answer and nowhere else',
    reply: T.Object({ id: Fingerprint, secret: T.String() }, closed),
  },
  rotateSigningKey: {
    method: 'POST',
    path: '/api/keys/signing',
    needs: 'keys',
    summary: 'A new signing key, signed by the one before; partners are told (KEY-1)',
    body: T.Object({ reason: Reason }, closed),
    reply: KeysView,
  },
  rotateSealingKey: {
    method: 'POST',
    path: '/api/keys/sealing',
    needs: 'keys',
    summary: 'A new sealing key; the old one is deleted once nothing outstanding needs it',
    body: T.Object({ reason: Reason }, closed),
    reply: KeysView,
  },
  recoverKeys: {
    method: 'POST',
    path: '/api/keys/recovery/use',
    needs: 'keys',
    summary: 'The signing key was lost or stolen: revoke it with the recovery key and go on with a new one',
    body: T.Object({ secret: T.String({ minLength: 1, maxLength: 400 }), reason: Reason }, closed),
    reply: KeysView,
  },
  getPartnerKeys: {
    method: 'GET',
    path: '/api/partners/:id/keys',
    needs: 'partners',
    summary: 'Keys of a partner, by its own signed statements',
    params: byId,
    reply: T.Object({ version: T.Integer(), keys: T.Array(KeyView) }, closed),
  },
  revokePartner: {
    method: 'POST',
    path: '/api/partners/:id/revocation',
    needs: 'revoke-partner',
    summary: 'Nothing more goes to this partner: from us at once, from relays on notice (KEY-1)',
    params: byId,
    body: T.Object({ reason: Reason }, closed),
    reply: T.Object({ revokedAt: Instant, permissionsRevoked: T.Integer() }, closed),
  },
  resumeLink: {
    method: 'POST',
    path: '/api/partners/:id/link/resume',
    needs: 'confirm-partner',
    summary: 'Officers of both services have spoken: a stopped link goes on in a new epoch (EXC-4)',
    params: byId,
    body: T.Object({ reason: Reason }, closed),
    reply: T.Object({ status: T.String() }, closed),
  },
  getRecovery: {
    method: 'GET',
    path: '/api/recovery',
    summary:
      'Whether this node was restored from an old backup, and how far its partners have returned what is missing',
    reply: RecoveryView,
  },
  goOnAfterRestore: {
    method: 'POST',
    path: '/api/recovery/go-on',
    needs: 'agree',
    summary:
      'Originate again although some partners have not returned the heads of our records (director, with a reason)',
    body: T.Object({ reason: Reason }, closed),
    reply: RecoveryView,
  },
});

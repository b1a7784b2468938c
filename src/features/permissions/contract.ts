import { type Static, Type as T } from 'typebox';
import { reliedOnStages } from '#src/kinds/correction/words.ts';
import { permissionGrounds, permissionUses } from '#src/kinds/permission/words.ts';
import { purposes } from '#src/protocol/record/record.ts';
import { closed, Day, define, Fingerprint, Instant, ServiceBrief, Unreached, Uuid } from '../contract.ts';

const byId = T.Object({ id: Uuid }, closed);
const Made = T.Object({ record: Uuid, hash: T.String() }, closed);
const Explanation = T.String({ minLength: 1, maxLength: 2_000 });
/** Portions by their index; null: every portion that the asker holds. */
const Portions = T.Union([T.Null(), T.Array(T.Integer({ minimum: 0, maximum: 499 }), { minItems: 1, maxItems: 500 })]);

export const PermissionRequestInput = T.Object(
  {
    use: T.Enum(permissionUses),
    /** With `onward`: the service that shall have it. */
    onwardTo: T.Union([T.Null(), Fingerprint]),
    /** With `other-purpose`: the purpose it shall be used for. */
    purpose: T.Union([T.Null(), T.Enum(purposes)]),
    portions: Portions,
    reason: Explanation,
    /** Until when it is needed; null: not said. */
    until: T.Union([T.Null(), Day]),
  },
  closed,
);
export type PermissionRequestInput = Static<typeof PermissionRequestInput>;

export const PermissionDecisionInput = T.Union([
  T.Object(
    {
      decision: T.Literal('granted'),
      portions: Portions,
      /** The last day. */
      validUntil: Day,
      conditions: T.Optional(Explanation),
    },
    closed,
  ),
  T.Object(
    {
      decision: T.Literal('refused'),
      ground: T.Enum(permissionGrounds),
      explanation: T.Optional(Explanation),
    },
    closed,
  ),
]);
export type PermissionDecisionInput = Static<typeof PermissionDecisionInput>;

/** One permission asked for or given, whoever asked; a decision without a request is one that was given unasked. */
export const PermissionView = T.Object(
  {
    /** The request record; null where it was given unasked. */
    request: T.Union([T.Null(), Uuid]),
    /** The permission record; null while it waits for a decision. */
    permission: T.Union([T.Null(), Uuid]),
    about: Uuid,
    use: T.Enum(permissionUses),
    /** Who may do it. */
    grantee: ServiceBrief,
    /** Whose information it is. */
    origin: ServiceBrief,
    onwardTo: T.Union([T.Null(), ServiceBrief]),
    purpose: T.Union([T.Null(), T.String()]),
    portions: T.Union([T.Null(), T.Array(T.Integer())]),
    reason: T.Union([T.Null(), T.String()]),
    /** `expired` and `in-force` are told from the node's date; `outdated`: given for a revision that is no longer the current one. */
    /** `closed`: what was asked about a record that is taken back. */
    state: T.Enum(['asked', 'closed', 'in-force', 'outdated', 'expired', 'refused', 'revoked']),
    askedAt: T.Union([T.Null(), Instant]),
    decidedAt: T.Union([T.Null(), Instant]),
    /** The last day; while `asked`, until when it is wanted. */
    validUntil: T.Union([T.Null(), Day]),
    conditions: T.Union([T.Null(), T.String()]),
    ground: T.Union([T.Null(), T.String()]),
    explanation: T.Union([T.Null(), T.String()]),
    /** Of ours: whom it could not be sent to, and why. */
    unreached: T.Array(Unreached),
    /** `decide`, `revoke`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type PermissionView = Static<typeof PermissionView>;

export const judicialStages = reliedOnStages;

export const UseInput = T.Object(
  {
    use: T.Enum(['judicial', 'publication', 'other-purpose'] as const),
    /** The case, file or publication that it is used in. */
    reference: T.String({ minLength: 1, maxLength: 200 }),
    /** With `judicial`. */
    stage: T.Union([T.Null(), T.Enum(judicialStages)]),
    /** With `other-purpose`. */
    purpose: T.Union([T.Null(), T.Enum(purposes)]),
  },
  closed,
);
export type UseInput = Static<typeof UseInput>;

export const UseView = T.Object(
  {
    use: T.String(),
    reference: T.String(),
    stage: T.Union([T.Null(), T.String()]),
    purpose: T.Union([T.Null(), T.String()]),
    at: Instant,
    officer: T.String(),
    /** The permission that it rests on; null where the marking asks for none. */
    permission: T.Union([T.Null(), Uuid]),
  },
  closed,
);
export type UseView = Static<typeof UseView>;

export const permissions = define({
  listPermissions: {
    method: 'GET',
    path: '/api/records/:id/permissions',
    summary: 'Every permission asked for or given about this record, newest first',
    params: byId,
    reply: T.Array(PermissionView),
  },
  askPermission: {
    method: 'POST',
    path: '/api/records/:id/permission-requests',
    needs: 'ask-permission',
    act: 'ask-permission',
    summary: 'Ask the origin of a record for permission to use it (PRM-1); reaches it through relays where need be',
    params: byId,
    body: PermissionRequestInput,
    reply: Made,
  },
  decidePermission: {
    method: 'POST',
    path: '/api/permission-requests/:id/decision',
    needs: 'permit',
    summary: 'Grant with limits and an expiry, or refuse with a ground',
    params: byId,
    body: PermissionDecisionInput,
    reply: Made,
  },
  revokePermission: {
    method: 'POST',
    path: '/api/permissions/:id/revocation',
    needs: 'permit',
    summary: 'Revoke a permission that we gave; whoever holds it is told',
    params: byId,
    body: T.Object({ ground: T.Enum(permissionGrounds), explanation: T.Optional(Explanation) }, closed),
    reply: Made,
  },
  listUses: {
    method: 'GET',
    path: '/api/records/:id/uses',
    summary: 'Where this service has used a record: proceedings, publications, other purposes',
    params: byId,
    reply: T.Array(UseView),
  },
  recordUse: {
    method: 'POST',
    path: '/api/records/:id/uses',
    needs: 'use',
    act: 'use',
    summary:
      'Enter that a record is used; refused where its marking asks for a permission that is not in force (ACC-08, ACC-09)',
    params: byId,
    body: UseInput,
    reply: UseView,
  },
});

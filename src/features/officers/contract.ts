import { type Static, Type as T } from 'typebox';
import { closed, define, Instant, Uuid } from '../contract.ts';

export const roles = ['liaison', 'analyst', 'case-officer', 'director', 'oversight', 'administrator'] as const;

export const OfficerView = T.Object(
  {
    id: Uuid,
    login: T.String(),
    displayName: T.String(),
    role: T.String(),
    clearance: T.Integer(),
    compartments: T.Array(T.String()),
    desks: T.Array(T.String()),
    language: T.String(),
    disabled: T.Boolean(),
  },
  closed,
);
export type OfficerView = Static<typeof OfficerView>;

/** Tries to sign in that have to wait now, because too many before them were wrong (ACC-12). */
export const SlowDownView = T.Object(
  {
    /** Null: a login that is nobody's, or whatever comes from the address. */
    officer: T.Union([T.Null(), T.Object({ id: Uuid, login: T.String(), displayName: T.String() }, closed)]),
    /** An IPv4 address or the /64 of an IPv6 address. */
    address: T.Union([T.String(), T.Null()]),
    failures: T.Integer(),
    until: Instant,
  },
  closed,
);
export type SlowDownView = Static<typeof SlowDownView>;

export const officers = define({
  listSlowDowns: {
    method: 'GET',
    path: '/api/officers/slow-downs',
    needs: 'officers',
    summary: 'Which tries to sign in have to wait now, and how often that was since yesterday (administrator)',
    reply: T.Object({ now: T.Array(SlowDownView), lastDay: T.Integer() }, closed),
  },
  listOfficers: {
    method: 'GET',
    path: '/api/officers',
    needs: ['officers', 'oversight'],
    summary: 'All officers of this service (administrator, oversight)',
    reply: T.Array(OfficerView),
  },
  createOfficer: {
    method: 'POST',
    path: '/api/officers',
    needs: 'officers',
    summary: 'Create an officer (administrator)',
    body: T.Object(
      {
        login: T.String({ pattern: '^[a-z][a-z0-9.-]{1,39}$' }),
        displayName: T.String({ minLength: 1, maxLength: 120 }),
        role: T.Enum(roles),
        clearance: T.Integer({ minimum: 0, maximum: 4 }),
        compartments: T.Array(T.String({ minLength: 1, maxLength: 40 }), { maxItems: 16 }),
        desks: T.Array(T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }), { maxItems: 16 }),
        language: T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]),
        passphrase: T.String({ minLength: 12, maxLength: 400 }),
      },
      closed,
    ),
    reply: OfficerView,
  },
  disableOfficer: {
    method: 'POST',
    path: '/api/officers/:id/disable',
    needs: 'officers',
    summary: 'Disable an officer and end their sessions (administrator)',
    params: T.Object({ id: Uuid }, closed),
    reply: OfficerView,
  },
});

import { type Static, Type as T } from 'typebox';
import { closed, define, Uuid } from '../contract.ts';

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

export const officers = define({
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

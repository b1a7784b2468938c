import { type Static, Type as T } from 'typebox';
import { closed, define, Instant, ServiceBrief, Uuid } from '../contract.ts';

export const Me = T.Object(
  {
    officer: Uuid,
    login: T.String(),
    displayName: T.String(),
    role: T.String(),
    clearance: T.Integer(),
    compartments: T.Array(T.String()),
    desks: T.Array(T.String()),
    language: T.String(),
    service: ServiceBrief,
    /** What this officer may open and do; the screen shows nothing else. */
    allowed: T.Array(T.String()),
    demo: T.Boolean(),
    /** The node's time, RFC 3339: dates are relative to it. */
    now: T.String(),
  },
  closed,
);
export type Me = Static<typeof Me>;

/** One sign-in of the officer who asks, on whatever device. */
export const SessionView = T.Object(
  {
    /** Names it and opens nothing. */
    id: Uuid,
    /** The one that asks. */
    current: T.Boolean(),
    startedAt: Instant,
    /** To the minute. */
    lastSeenAt: Instant,
    expiresAt: Instant,
  },
  closed,
);
export type SessionView = Static<typeof SessionView>;

export const session = define({
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in with login and passphrase; the session is a cookie',
    open: true,
    body: T.Object(
      { login: T.String({ minLength: 1, maxLength: 80 }), passphrase: T.String({ minLength: 1, maxLength: 400 }) },
      closed,
    ),
    reply: Me,
  },
  signOut: { method: 'DELETE', path: '/api/session', summary: 'End the session', reply: T.Object({}, closed) },
  me: { method: 'GET', path: '/api/session', summary: 'Who is signed in, and what they may do', reply: Me },
  chooseLanguage: {
    method: 'PUT',
    path: '/api/session/language',
    summary: 'Choose the language of the interface',
    body: T.Object({ language: T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]) }, closed),
    reply: Me,
  },
  changePassphrase: {
    method: 'PUT',
    path: '/api/session/passphrase',
    summary: 'Change the own passphrase; all other sessions of this officer end',
    body: T.Object(
      {
        currentPassphrase: T.String({ minLength: 1, maxLength: 400 }),
        passphrase: T.String({ minLength: 12, maxLength: 400 }),
      },
      closed,
    ),
    reply: T.Object({ endedSessions: T.Integer() }, closed),
  },
  listSessions: {
    method: 'GET',
    path: '/api/sessions',
    summary: 'The own sessions that have not ended, the last used first',
    reply: T.Array(SessionView),
  },
  endSession: {
    method: 'DELETE',
    path: '/api/sessions/:id',
    summary: 'End one of the own sessions',
    params: T.Object({ id: Uuid }, closed),
    reply: T.Object({}, closed),
  },
});

import { type Static, Type as T } from 'typebox';
import { closed, define, Names } from '../contract.ts';

/** Routes that exist only on a node started by the demo; elsewhere they answer 404. */
export const Entrance = T.Object(
  {
    demo: T.Boolean(),
    /** The node has no officer yet: the set-up page comes first. */
    needsSetUp: T.Boolean(),
    /** Null on a real node: strangers are told no name. */
    service: T.Union([T.Null(), T.Object({ code: T.String(), names: Names }, closed)]),
    /** One-click officers; empty outside the demo. */
    officers: T.Array(
      T.Object({ login: T.String(), displayName: T.String(), role: T.String(), language: T.String() }, closed),
    ),
    /** The demo's other services, one click away. */
    neighbours: T.Array(T.Object({ code: T.String(), names: Names, url: T.String() }, closed)),
  },
  closed,
);
export type Entrance = Static<typeof Entrance>;

export const demo = define({
  entrance: {
    method: 'GET',
    path: '/api/entrance',
    summary: 'What the sign-in page shows',
    open: true,
    reply: Entrance,
  },
  demoSignIn: {
    method: 'POST',
    path: '/api/demo/session',
    summary: 'Demo only: sign in as a ready-made officer',
    open: true,
    body: T.Object({ login: T.String({ minLength: 1, maxLength: 80 }) }, closed),
    reply: T.Object({ signedIn: T.Boolean() }, closed),
  },
  demoSetClock: {
    method: 'POST',
    path: '/api/demo/clock',
    summary: 'Demo only: move the clock, so that a story of weeks can be played in seconds; null returns to real time',
    open: true,
    body: T.Object({ now: T.Union([T.String(), T.Null()]) }, closed),
    reply: T.Object({ now: T.String() }, closed),
  },
});
